package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.data.Recording;
import dev.tidemark.e2e.history.History;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A part of a recording in a real Prometheus' own blocks; made once and kept beside it. */
public final class Archive {
  private static final String WHOLE = "complete";

  private final CorpusFolder folder;
  private final Part part;
  private final Path data;

  public Archive(CorpusFolder folder, Part part) {
    this.folder = folder;
    this.part = part;
    this.data = folder.path().resolve("tsdb").resolve(part.label());
  }

  /** Makes the blocks unless they are there and hold all that is read now. */
  public void prepare(Recording recording, Processes processes, Tools tools)
      throws IOException, InterruptedException {
    if (isWhole()) {
      return;
    }
    clear();
    Path text = data.resolve("samples.txt");
    OpenMetrics.write(text, folder, recording.of(part), recording.factor());
    History.createBlocks(processes, tools, text, data);
    Files.delete(text);
    Files.writeString(data.resolve(WHOLE), OpenMetrics.written());
  }

  private boolean isWhole() throws IOException {
    Path mark = data.resolve(WHOLE);
    return Files.exists(mark) && Files.readString(mark).equals(OpenMetrics.written());
  }

  private void clear() throws IOException {
    if (Files.isDirectory(data)) {
      List<Path> old;
      try (Stream<Path> files = Files.walk(data)) {
        old = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : old) {
        Files.delete(file);
      }
    }
    Files.createDirectories(data);
  }

  /** Where they are. */
  public Path data() {
    return data;
  }

  /** A Prometheus that serves them and scrapes nothing. */
  Prometheus open(Processes processes, Tools tools, int port, Http http)
      throws IOException, InterruptedException, Await.NotReached {
    Path config = folder.path().resolve("tsdb").resolve("prometheus.yml");
    Files.writeString(config, "global: {scrape_interval: 1m}\n");
    Prometheus prometheus = Prometheus.ofThePast(processes, tools, port, config, data, http);
    prometheus.awaitReady(Duration.ofMinutes(2));
    return prometheus;
  }
}
