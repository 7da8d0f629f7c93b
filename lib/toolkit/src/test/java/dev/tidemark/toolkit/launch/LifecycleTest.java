package dev.tidemark.toolkit.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  static final class Recorded implements Service {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch reloads = new CountDownLatch(2);
    @Nullable Exception startFails;

    @Override
    public void start() throws Exception {
      calls.add("start");
      if (startFails != null) {
        throw startFails;
      }
    }

    @Override
    public void reload() throws ProblemsException {
      calls.add("reload");
      reloads.countDown();
      if (reloads.getCount() == 1) {
        throw new ProblemsException(new Place("a.yml", 1, 1), "found nothing");
      }
      throw new IllegalStateException("odd");
    }

    @Override
    public void drain() {
      calls.add("drain");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private final Recorded service = new Recorded();
  private final List<String> halts = new ArrayList<>();
  private final Lifecycle lifecycle = new Lifecycle(service, () -> halts.add("halt"));

  @Test
  void outlives_bad_reloads_then_drains_and_closes() throws Exception {
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> lifecycle.drive(lifecycle::reload));
    while (service.reloads.getCount() > 1) {
      Thread.onSpinWait();
    }
    lifecycle.reload();
    assertThat(service.reloads.await(10, TimeUnit.SECONDS)).isTrue();
    lifecycle.stop();
    assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(service.calls).containsExactly("start", "reload", "reload", "drain", "close");
    assertThat(halts).isEmpty();
  }

  @Test
  void a_second_signal_ends_it_at_once() {
    lifecycle.stop();
    lifecycle.stop();
    assertThat(halts).containsExactly("halt");
  }

  @Test
  void a_start_that_fails_closes_and_ends_with_its_code() {
    service.startFails = new ProblemsException(new Place("a.yml", 1, 1), "found nothing");
    assertThat(lifecycle.drive(() -> {})).isEqualTo(2);
    assertThat(service.calls).containsExactly("start", "close");
  }

  @Test
  void hears_signals_of_the_operating_system() throws Exception {
    if (hangupsAreIgnored()) {
      System.err.println("SKIPPED: hangups are not tried, nohup keeps SIGHUP from us");
    }
    assumeFalse(hangupsAreIgnored(), "nohup keeps SIGHUP from us");
    CountDownLatch heard = new CountDownLatch(1);
    assertThat(Signals.on("HUP", heard::countDown)).isTrue();
    new ProcessBuilder("kill", "-HUP", Long.toString(ProcessHandle.current().pid()))
        .start()
        .waitFor();
    assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Signals.on("NOSUCH", () -> {})).isFalse();
  }

  /** What a process ignores is inherited, and the JVM then installs no handler. */
  private static boolean hangupsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
  }
}
