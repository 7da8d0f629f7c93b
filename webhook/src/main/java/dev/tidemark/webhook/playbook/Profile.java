package dev.tidemark.webhook.playbook;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A profile of net/http/pprof.
 *
 * @param name one of those the Go runtime has
 * @param query empty, {@code debug=0}, {@code debug=1}, {@code debug=2} or {@code gc=1}
 */
public record Profile(String name, String query) {
  private static final Set<String> NAMES =
      Set.of("goroutine", "goroutineleak", "heap", "allocs", "block", "mutex", "threadcreate");
  private static final Pattern SYNTAX = Pattern.compile("([a-z]+)(?:\\?(debug=[012]|gc=1))?");

  /** IllegalArgumentException says which there are. */
  public static Profile parse(String text) {
    Matcher parts = SYNTAX.matcher(text);
    String name = parts.matches() ? String.valueOf(parts.group(1)) : "";
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "needs a profile such as goroutine?debug=1 or heap; there are "
              + String.join(", ", NAMES.stream().sorted().toList())
              + ", each with debug=0, debug=1, debug=2 or gc=1");
    }
    return new Profile(name, parts.group(2) == null ? "" : parts.group(2));
  }

  /** Whether the answer is text for people; else it is gzipped protobuf. */
  public boolean isText() {
    return query.equals("debug=1") || query.equals("debug=2");
  }

  /** Every goroutine with its own stack. */
  public boolean isFullDump() {
    return query.equals("debug=2");
  }

  /** Only programs built with a recent Go have it. */
  public boolean isOptional() {
    return name.equals("goroutineleak");
  }

  /** {@code goroutine-debug1.txt}, {@code heap.pb.gz}. */
  public String fileName() {
    return name
        + (query.isEmpty() ? "" : "-" + query.replace("=", ""))
        + (isText() ? ".txt" : ".pb.gz");
  }

  @Override
  public String toString() {
    return query.isEmpty() ? name : name + "?" + query;
  }
}
