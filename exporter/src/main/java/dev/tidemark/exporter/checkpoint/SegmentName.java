package dev.tidemark.exporter.checkpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment's file name: its slot in epoch milliseconds, and a hash of what decides what is learnt.
 */
record SegmentName(long slot, String hash) {
  private static final String END = ".segment";
  private static final String UNFINISHED = ".unfinished";
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,15})-([0-9a-f]{12})\\.segment");
  private static final int HASH_BYTES = 6;

  static SegmentName of(long slot, String learns) {
    return new SegmentName(slot, hash(learns));
  }

  static Optional<SegmentName> parse(Path path) {
    Matcher matcher = SHAPE.matcher(path.getFileName().toString());
    return matcher.matches()
        ? Optional.of(new SegmentName(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  static boolean isUnfinished(Path path) {
    return path.getFileName().toString().endsWith(UNFINISHED);
  }

  boolean isOf(String learns) {
    return hash.equals(hash(learns));
  }

  String file() {
    return slot + "-" + hash + END;
  }

  String unfinished() {
    return slot + "-" + hash + UNFINISHED;
  }

  /** Twelve hexadecimal digits: enough to tell a handful of texts apart in one folder. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
