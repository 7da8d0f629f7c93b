package dev.tidemark.diagnosis.pprof;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.Seeming;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a profile: pprof's protobuf or the legacy heap text (debug=1), plain or gzipped, told apart
 * by content. What {@code go tool pprof} takes as valid is read, of any language; anything else is
 * refused with the place and what was expected there.
 */
public final class ProfileReader {
  private static final String NEEDS = "a pprof profile";

  /** A disk or a device: no message begins like this, and it may be endless. */
  private static final int ZEROS = 64;

  /** What to fetch, for who has a file that no profile begins as. */
  private static final String FETCH =
      NEEDS + ", such as curl http://HOST:PORT/debug/pprof/heap writes";

  private ProfileReader() {}

  /**
   * Reads to the end of the stream and does not close it.
   *
   * @throws BadInputException when it holds no valid profile, or one beyond the limits
   * @throws IOException when the stream fails
   */
  public static Profile read(InputStream stream, ProfileLimits limits) throws IOException {
    return read(Input.open(stream, limits.maxBytes()), limits);
  }

  /**
   * The same of what is open already.
   *
   * @throws BadInputException when it holds no valid profile, or one beyond the limits
   * @throws IOException when the stream fails
   */
  public static Profile read(Input in, ProfileLimits limits) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    ByteSource source = new ByteSource(in, limits.maxBytes());
    Budget budget = new Budget(limits);
    if (firstLine(head).contains("heap profile: ")) {
      return new LegacyHeap(source, budget).read();
    }
    if (head.length >= ZEROS && Arrays.equals(Arrays.copyOf(head, ZEROS), new byte[ZEROS])) {
      throw BadInputException.wrongFile(Seeming.BINARY.words(head), FETCH);
    }
    boolean empty = !source.hasMore();
    try {
      return new Resolver(new ProtoReader(source, budget).read()).resolve();
    } catch (BadInputException e) {
      Seeming seeming = Seeming.of(head);
      if (empty || (seeming != Seeming.PPROF && seeming != Seeming.BINARY)) {
        throw BadInputException.wrongFile(seeming.words(head), NEEDS);
      }
      if (seeming == Seeming.BINARY) {
        throw BadInputException.wrongFile(
            seeming.words(head), FETCH + " (read as one, it " + e.getMessage() + ")");
      }
      boolean tooLarge = in.bytes() >= limits.maxBytes();
      boolean said = String.valueOf(e.getMessage()).endsWith(ByteSource.AGAIN);
      throw tooLarge || said
          ? e
          : BadInputException.wrongFile(
              e.getMessage() + " (it begins as a pprof profile: if it was cut, fetch it again)",
              "");
    }
  }

  private static String firstLine(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
