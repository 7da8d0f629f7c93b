package dev.tidemark.diagnosis.goroutine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads goroutine dumps: debug=2 and debug=1 of /debug/pprof/goroutine and goroutineleak, what a
 * panic or SIGQUIT prints, plain or gzipped, alone or between the lines of a log. Never needs the
 * whole dump in memory.
 */
public final class GoroutineDumps {
  /** Where the runtime stops to write debug=2 (writeGoroutineStacks in runtime/pprof). */
  private static final long RUNTIME_LIMIT = 64L << 20;

  /** Lines kept before the form of the dump is known: only to tell what a wrong file is. */
  private static final int MOST_KEPT = 3;

  private GoroutineDumps() {}

  /**
   * Reads a dump.
   *
   * @throws NotADumpException when there is none in the stream
   * @throws IOException when the stream fails
   */
  public static GoroutineDump read(InputStream in, Limits limits) throws IOException {
    LineReader lines = new LineReader(plain(in), limits);
    List<String> kept = new ArrayList<>();
    DumpParser parser = null;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (parser == null) {
        parser = parserFor(line, limits);
        if (kept.size() < MOST_KEPT) {
          kept.add(line);
        }
      }
      if (parser != null) {
        parser.accept(line);
      }
    }
    if (parser == null) {
      throw new NotADumpException(WrongFile.describe(kept, lines.bytes()));
    }
    boolean atRuntimeLimit = lines.bytes() == RUNTIME_LIMIT && !lines.endedCleanly();
    return parser.finish(lines.wasCut() || atRuntimeLimit, lines.endedCleanly());
  }

  private static @Nullable DumpParser parserFor(String line, Limits limits) {
    if (StacksParser.recognises(line)) {
      return new StacksParser(limits);
    }
    return CountsParser.recognises(line) ? new CountsParser(limits) : null;
  }

  private static InputStream plain(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 64 * 1024);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    if (!gzip) {
      return buffered;
    }
    try {
      return new GZIPInputStream(buffered, 64 * 1024);
    } catch (IOException e) {
      throw new NotADumpException("is a gzip file that is cut or damaged");
    }
  }
}
