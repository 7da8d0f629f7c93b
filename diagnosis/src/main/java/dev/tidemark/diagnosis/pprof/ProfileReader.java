package dev.tidemark.diagnosis.pprof;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * Reads a profile: pprof's protobuf or the legacy heap text (debug=1), plain or gzipped, told apart
 * by content. What {@code go tool pprof} takes as valid is read, of any language; anything else is
 * refused with the place and what was expected there.
 */
public final class ProfileReader {
  private static final int LOOKED_AT = 512;

  private ProfileReader() {}

  /**
   * Reads to the end of the stream.
   *
   * @throws NotAProfileException when it holds no valid profile, or one beyond the limits
   * @throws IOException when the stream fails
   */
  public static Profile read(InputStream in, ProfileLimits limits) throws IOException {
    BufferedInputStream plain = unpacked(new BufferedInputStream(in, 64 * 1024));
    byte[] start = start(plain);
    if (start.length == 0) {
      throw new NotAProfileException("is empty; needs a pprof profile");
    }
    ByteSource source = new ByteSource(plain, limits.maxBytes());
    Budget budget = new Budget(limits);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.lines().findFirst().orElse("").contains("heap profile: ")) {
      return new LegacyHeap(source, budget).read();
    }
    otherThing(text);
    return new Resolver(new ProtoReader(source, budget).read()).resolve();
  }

  private static BufferedInputStream unpacked(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    if (!gzip) {
      return in;
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(in, 64 * 1024), 64 * 1024);
    } catch (IOException e) {
      throw new NotAProfileException("is a gzip file that is cut or damaged");
    }
  }

  private static byte[] start(BufferedInputStream in) throws IOException {
    in.mark(LOOKED_AT);
    try {
      byte[] start = in.readNBytes(LOOKED_AT);
      in.reset();
      return start;
    } catch (java.io.EOFException | java.util.zip.ZipException e) {
      throw new NotAProfileException("is a gzip file that is cut or damaged");
    }
  }

  /** Text is never a profile in protobuf, whose first bytes are a tag and a length. */
  private static void otherThing(String start) throws NotAProfileException {
    String head = start.strip().toLowerCase(java.util.Locale.ROOT);
    if (head.startsWith("goroutine ") || head.startsWith("goroutineleak profile")) {
      throw new NotAProfileException(
          "is a goroutine dump in text; needs a pprof profile (without debug=)");
    }
    if (head.startsWith("<!doctype") || head.startsWith("<html")) {
      throw new NotAProfileException("is an HTML page; needs a pprof profile");
    }
    if (head.startsWith("java profile 1.0")) {
      throw new NotAProfileException("is a JVM heap dump (HPROF); needs a pprof profile");
    }
    if (head.startsWith("unknown profile")) {
      throw new NotAProfileException(
          "says \"Unknown profile\": that Go version does not have this profile");
    }
  }
}
