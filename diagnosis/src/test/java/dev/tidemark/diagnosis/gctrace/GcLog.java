package dev.tidemark.diagnosis.gctrace;

import dev.tidemark.diagnosis.input.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Logs for tests. */
final class GcLog {
  private final StringBuilder text = new StringBuilder();

  /** A collection in the form of Go 1.19 that took a millisecond of CPU. */
  static String line(int number, double at, long before, long live, long goal, double cpu) {
    return String.format(
        Locale.ROOT,
        "gc %d @%.3fs 1%%: 0.02+1.0+0.01 ms clock, 0.04+%.3f/%.3f/0+0.02 ms cpu, %d->%d->%d MB, %d MB goal, 0 MB stacks, 0 MB globals, 2 P",
        number,
        at,
        cpu / 4,
        cpu * 3 / 4,
        before,
        before,
        live,
        goal);
  }

  GcLog add(String line) {
    text.append(line).append('\n');
    return this;
  }

  GcReport read() {
    return read(GcOptions.none());
  }

  GcReport read(GcOptions options) {
    return read(text.toString(), options);
  }

  static GcReport read(String text, GcOptions options) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return GcTrace.read("app.log", Input.open(new ByteArrayInputStream(bytes), 1 << 20), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
