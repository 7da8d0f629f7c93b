package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.Main;
import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Recording;
import dev.tidemark.e2e.corpus.data.Samples;
import dev.tidemark.e2e.corpus.data.Target;
import dev.tidemark.toolkit.launch.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few hours of the corpus, recorded by a real Prometheus from real Go processes. */
@NeedsTools
class CorpusRecordTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_recording_holds_what_its_programs_did() throws IOException {
    Path out = folder.resolve("corpus");
    int code =
        Cli.run(
            new Main(),
            "corpus",
            "record",
            "--out=" + out,
            "--part=test",
            "--seeds=1",
            "--days=0.15",
            "--day=72s",
            "--only=deploy|ha-duplicates|leak-chan-fast|leak-map-fast");
    assertThat(code).isEqualTo(Cli.OK);
    Recording recording = new CorpusFolder(out).read();
    assertThat(recording.factor()).isEqualTo(1200);
    assertThat(recording.targets())
        .extracting(Target::behaviour)
        .contains("deploy", "ha-duplicates", "leak-chan-fast", "leak-map-fast");
    for (Target target : recording.targets()) {
      List<Samples> replicas = new CorpusFolder(out).samples(target);
      assertThat(replicas).hasSize(target.twice() ? 2 : 1);
      Samples samples = replicas.get(0);
      assertThat(samples.millis()[0]).isGreaterThanOrEqualTo(recording.begin() * 1000);
      assertThat(samples.millis()[samples.rows() - 1])
          .isLessThanOrEqualTo((long) (recording.end() * 1000) + 60_000);
      double[] starts =
          Objects.requireNonNull(samples.byMetric().get("process_start_time_seconds"));
      if (target.behaviour().equals("deploy")) {
        assertThat(Arrays.stream(starts).filter(Double::isFinite).distinct().count())
            .isGreaterThan(1);
      }
      if (target.behaviour().equals("leak-chan-fast")) {
        Leak leak = Objects.requireNonNull(target.leak());
        assertThat(leak.start()).isBetween((double) recording.begin(), recording.end());
        assertThat(leak.end()).isGreaterThan(leak.start());
        double[] goroutines = Objects.requireNonNull(samples.byMetric().get("go_goroutines"));
        assertThat(goroutines[samples.rows() - 1]).isGreaterThan(2 * goroutines[0]);
      }
    }
  }

  @Test
  void a_folder_with_a_recording_is_not_written_over() throws IOException {
    Recording empty = new Recording(Recording.FORMAT, 1, 0, 1, 60, 0, "by hand", List.of());
    new CorpusFolder(folder).write(empty);
    assertThat(Cli.run(new Main(), "corpus", "record", "--out=" + folder)).isEqualTo(Cli.INVALID);
    assertThat(new CorpusFolder(folder).read()).isEqualTo(empty);
  }
}
