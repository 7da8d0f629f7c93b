package dev.tidemark.diagnosis.input;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file seems to be by its first bytes, to say so when it is not what was asked for. */
public enum Seeming {
  EMPTY("is empty"),
  GOROUTINES("is a goroutine dump"),
  PPROF("is a pprof profile (protobuf)"),
  HEAP_TEXT("is a heap profile in text"),
  HPROF("is a JVM heap dump (HPROF)"),
  TRACE("is a Go execution trace"),
  GCTRACE("is a log with GC trace lines"),
  SCHEDTRACE("is a log with scheduler trace lines"),
  METRICS("is metrics in Prometheus text"),
  UNKNOWN_PROFILE("says \"Unknown profile\": that Go version does not have this profile"),
  HTML("is an HTML page"),
  JSON("is JSON"),
  ZIP("is a zip archive"),
  PROGRAM("is a program (ELF)"),
  BINARY("is binary and none of the forms known here"),
  TEXT("is text of another kind");

  /** As many first bytes as {@link #of} looks at. */
  public static final int HEAD = 4096;

  private final String words;

  Seeming(String words) {
    this.words = words;
  }

  /** A predicate that goes on after the file's name: {@code is an HTML page}. */
  public String words() {
    return words;
  }

  /** The same, and for what is binary, where that shows in the first bytes. */
  public String words(byte[] head) {
    int at = this == BINARY ? firstBinary(head) : -1;
    return at < 0
        ? words
        : words.replace(
            "binary", String.format(Locale.ROOT, "binary (0x%02x at byte %d)", head[at], at));
  }

  private static int firstBinary(byte[] head) {
    for (int i = 0; i < Math.min(head.length, HEAD); i++) {
      if (head[i] >= 0 && head[i] < ' ' && "\t\n\r\u001b\f".indexOf(head[i]) < 0) {
        return i;
      }
    }
    return -1;
  }

  /** Looks at the first bytes of a file, after unpacking; up to {@link #HEAD} of them serve. */
  public static Seeming of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    String start = new String(head, 0, Math.min(head.length, HEAD), StandardCharsets.ISO_8859_1);
    if (start.startsWith("JAVA PROFILE ")) {
      return HPROF;
    }
    if (start.matches("(?s)go 1\\.\\d+ trace.*")) {
      return TRACE;
    }
    if (start.startsWith("PK\u0003\u0004")) {
      return ZIP;
    }
    if (start.startsWith("\u007fELF")) {
      return PROGRAM;
    }
    if (isProfile(head)) {
      return PPROF;
    }
    return firstBinary(head) < 0 ? text(start) : BINARY;
  }

  /** A profile opens with its sample types or its period type: a short message from field 1 on. */
  private static boolean isProfile(byte[] head) {
    boolean field = head.length > 3 && (head[0] == 0x0a || head[0] == 0x5a);
    return field && head[1] > 0 && head[1] < 32 && head[2] == 0x08;
  }

  private static Seeming text(String start) {
    if (start.contains("Unknown profile")) {
      return UNKNOWN_PROFILE;
    }
    if (start.contains("heap profile: ")) {
      return HEAP_TEXT;
    }
    String lower = start.stripLeading().toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
      return HTML;
    }
    if (start.contains("goroutine profile: total ")
        || start.contains("goroutineleak profile: total ")
        || start.matches("(?s).*goroutine \\d+ (?:[a-z0-9= ]+)?\\[.*")) {
      return GOROUTINES;
    }
    if (start.matches("(?s).*gc \\d+ @[0-9.]+s \\d+%: .*")) {
      return GCTRACE;
    }
    if (start.matches("(?s).*SCHED \\d+ms: gomaxprocs=.*")) {
      return SCHEDTRACE;
    }
    if (start.matches("(?s)(.*\\n)?(# (HELP|TYPE) [a-zA-Z_:]|(go|process)_[a-z_]+[ {]).*")) {
      return METRICS;
    }
    return lower.startsWith("{") || lower.startsWith("[{") ? JSON : TEXT;
  }
}
