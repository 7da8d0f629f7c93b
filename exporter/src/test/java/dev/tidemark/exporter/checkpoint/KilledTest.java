package dev.tidemark.exporter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.checkpoint.Sealed.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at any moment of a write. */
@Timeout(300)
class KilledTest {
  private static final int KILLS = 24;
  private static final long SEED = 4;

  @TempDir Path folder = Path.of("");

  @Test
  void a_program_that_is_killed_while_it_writes_never_loses_what_was_sealed() throws Exception {
    Random random = new Random(SEED);
    State expected = State.none();
    int midWrite = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      long told = sealUntilKilled(random);
      midWrite += unfinished() > 0 ? 1 : 0;
      State read = newest();
      while (expected.slot() < read.slot()) {
        expected = expected.next();
      }
      assertThat(read).as("after kill %s, as if it had never been", kill).isEqualTo(expected);
      assertThat(read.slot()).as("kill %s, of seed %s", kill, SEED).isBetween(told, told + 1);
      assertThat(unfinished()).as("strays after kill %s", kill).isZero();
    }
    assertThat(midWrite).as("kills that hit a write").isPositive();
  }

  /** Returns the last slot that the program said to be sealed; the one after it may be too. */
  private long sealUntilKilled(Random random) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Sealed.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int left = 1 + random.nextInt(3);
    int spins = random.nextInt(2_000_000);
    long told = 0;
    try (BufferedReader out = child.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("[0-9]+")) { // and not a line of the log
          told = Long.parseLong(line);
          left--;
        }
        if (left == 0) {
          for (int i = 0; i < spins; i++) { // a moment that no clock decides
            Thread.onSpinWait();
          }
          boolean unused = child.toHandle().destroyForcibly(); // what it said can still be read
        }
      }
    }
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return told;
  }

  private State newest() throws IOException {
    Sealed sealed = new Sealed();
    try (Storage storage = Storage.open(folder, sealed, Instant::now)) {
      return storage.shelf(Sealed.label()).open(sealed).orElse(State.none());
    }
  }

  private long unfinished() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(".unfinished")).count();
    }
  }
}
