package dev.tidemark.diagnosis.goroutine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** Dumps for tests: recorded ones, and small ones put together from stacks. */
final class Dumps {
  private Dumps() {}

  static GoroutineDump recorded(String name) {
    try (InputStream in = Dumps.class.getResourceAsStream("/dumps/" + name)) {
      return GoroutineDumps.read(Objects.requireNonNull(in, name), Limits.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoroutineDump read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  static GoroutineDump read(byte[] bytes) throws IOException {
    return GoroutineDumps.read(new ByteArrayInputStream(bytes), Limits.defaults());
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A goroutine as debug=2 prints it, with one frame of the runtime above its own. */
  static String goroutine(long id, String state, String function, int line) {
    return """
        goroutine %d [%s]:
        runtime.gopark(0x0, 0x0)
        	/usr/lib/go/src/runtime/proc.go:364 +0xd6
        %s(0xc000012018, {0x1, 0x2})
        	/src/app/queue.go:%d +0x1d
        created by main.serve in goroutine 1
        	/src/app/main.go:20 +0x5a

        """
        .formatted(id, state, function, line);
  }

  /** That many alike, with ids from {@code from} on. */
  static String goroutines(long from, int count, String state, String function) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(goroutine(from + i, state, function, 41));
    }
    return text.toString();
  }
}
