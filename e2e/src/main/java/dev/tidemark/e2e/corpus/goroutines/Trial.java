package dev.tidemark.e2e.corpus.goroutines;

import dev.tidemark.diagnosis.goroutine.GoroutineDump;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Programs on one release of Go.
 *
 * @param root the release's folder, null for the one on PATH
 * @param work where binaries and dumps are
 */
record Trial(Programs programs, String go, @Nullable Path root, Path work) {
  /** Builds and runs the programs, unless their dumps are there. */
  void record() throws IOException, InterruptedException, ExecutionException {
    Path recorded = work.resolve("recorded");
    if (Files.exists(recorded)) {
      return;
    }
    programs.record(
        go,
        root == null
            ? Map.of()
            : Map.of("GOROOT", root.toString(), "GOTOOLCHAIN", "local", "GOPROXY", "off"),
        work);
    Files.createFile(recorded);
  }

  /** What one form of the dumps tells. */
  Score score(String form) throws IOException {
    Truth truth = Truth.of(programs.folder());
    Score score = new Score();
    for (Programs.Program program : programs.all()) {
      Path file = work.resolve(program.name()).resolve(form);
      GoroutineDump dump = read(file);
      score.add(program.isHealthy(), truth, file.toString(), true, dump);
      boolean leaks = dump.groups().stream().anyMatch(group -> truth.leaks(false, group));
      if (!program.isHealthy() && !leaks) {
        throw new IOException(file + " has none of the goroutines that its program should leak");
      }
    }
    return score;
  }

  private static GoroutineDump read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return GoroutineDumps.read(in, Limits.defaults());
    }
  }
}
