package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.DockerLog;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.LineReader;
import dev.tidemark.diagnosis.input.Seeming;
import dev.tidemark.diagnosis.pprof.ProfileLimits;
import dev.tidemark.diagnosis.pprof.ProfileReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads goroutine dumps: debug=2 and debug=1 of /debug/pprof/goroutine and goroutineleak, the same
 * as protobuf, what a panic or SIGQUIT prints, plain or gzipped, alone or between the lines of a
 * log. Never needs the whole dump in memory.
 */
public final class GoroutineDumps {
  /** Where the runtime stops to write debug=2 (writeGoroutineStacks in runtime/pprof). */
  private static final long RUNTIME_LIMIT = 64L << 20;

  static final String WANTED =
      "the output of /debug/pprof/goroutine, with debug=2, debug=1 or neither, or of a panic";

  private GoroutineDumps() {}

  /**
   * Reads a dump.
   *
   * @throws BadInputException when there is none in the stream
   * @throws IOException when the stream fails
   */
  public static GoroutineDump read(InputStream in, Limits limits) throws IOException {
    Input input = Input.open(in, limits.maxBytes());
    byte[] head = input.head(Seeming.HEAD);
    Seeming seeming = Seeming.of(head);
    if (seeming == Seeming.PPROF) {
      ProfileLimits bounds = new ProfileLimits(limits.maxBytes(), 1_000_000, 10_000_000);
      return ProfileDump.of(ProfileReader.read(input, bounds), limits);
    }
    DockerLog docker =
        DockerLog.isOne(head) ? new DockerLog(input, GoroutineDumps::isOpening) : null;
    LineReader lines = new LineReader(docker == null ? input : docker, limits.maxLineBytes());
    DumpParser parser = null;
    while (lines.advance()) {
      if (parser == null) {
        parser = parserFor(lines.text(), limits);
      }
      if (parser != null) {
        parser.accept(lines);
      }
    }
    if (parser == null) {
      if (seeming == Seeming.GOROUTINES) {
        throw BadInputException.at(
            input.bytes(), "ends within its first goroutine", "a whole dump: " + WANTED);
      }
      boolean empty = seeming == Seeming.EMPTY && input.wasCut();
      throw BadInputException.wrongFile(
          empty ? "is a gzip file that is cut or damaged" : seeming.words(head), WANTED);
    }
    boolean atRuntimeLimit = input.bytes() == RUNTIME_LIMIT && !lines.endedCleanly();
    boolean cut = input.wasCut() || (docker != null && docker.wasCut());
    return parser.finish(cut || atRuntimeLimit, lines.endedCleanly());
  }

  /** Whether lines follow that must not be parted by what another stream of a container writes. */
  private static boolean isOpening(String line) {
    return StacksParser.recognises(line) || CountsParser.recognises(line);
  }

  private static @Nullable DumpParser parserFor(String line, Limits limits) {
    if (StacksParser.recognises(line)) {
      return new StacksParser(limits);
    }
    return CountsParser.recognises(line) ? new CountsParser(limits) : null;
  }
}
