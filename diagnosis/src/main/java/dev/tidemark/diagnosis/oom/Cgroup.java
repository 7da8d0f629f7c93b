package dev.tidemark.diagnosis.oom;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a memory cgroup; bytes and counts, null is not told or unlimited.
 *
 * @param version 1 or 2
 * @param events of memory.events, or oom_kill of memory.oom_control; {@code max} is reclaim at the
 *     limit, only {@code oom} and {@code oom_kill} are kills
 * @param failcnt of version 1; may be 0 although there was a kill
 * @param stat of memory.stat
 */
public record Cgroup(
    int version,
    @Nullable Long limit,
    @Nullable Long usage,
    @Nullable Long peak,
    @Nullable Long high,
    @Nullable Long failcnt,
    Map<String, Long> events,
    Map<String, Long> stat) {
  /** Names of the files that are read, of both versions. */
  public static final List<String> FILES =
      List.of(
          "memory.max",
          "memory.current",
          "memory.peak",
          "memory.high",
          "memory.events",
          "memory.stat",
          "memory.limit_in_bytes",
          "memory.usage_in_bytes",
          "memory.max_usage_in_bytes",
          "memory.failcnt",
          "memory.oom_control");

  private static final Pattern LINE = Pattern.compile("(?m)^([a-z_0-9]{2,60}) (\\d{1,18})$");

  /** Version 1 writes no limit as the largest multiple of a page. */
  private static final long UNLIMITED = 1L << 60;

  private static final int MOST = 400;

  public Cgroup {
    events = Collections.unmodifiableMap(new TreeMap<>(events));
    stat = Collections.unmodifiableMap(new TreeMap<>(stat));
  }

  /** Of the contents of files by their names; null when none of them is one of a memory cgroup. */
  public static @Nullable Cgroup of(Map<String, String> files) {
    if (files.keySet().stream().noneMatch(FILES::contains)) {
      return null;
    }
    boolean first =
        files.containsKey("memory.limit_in_bytes") || files.containsKey("memory.oom_control");
    Map<String, Long> events = new TreeMap<>(lines(files.get("memory.events")));
    events.putAll(lines(files.get("memory.oom_control")));
    return new Cgroup(
        first ? 1 : 2,
        number(files.get(first ? "memory.limit_in_bytes" : "memory.max")),
        number(files.get(first ? "memory.usage_in_bytes" : "memory.current")),
        number(files.get(first ? "memory.max_usage_in_bytes" : "memory.peak")),
        number(files.get("memory.high")),
        number(files.get("memory.failcnt")),
        events,
        lines(files.get("memory.stat")));
  }

  private static Map<String, Long> lines(@Nullable String text) {
    Map<String, Long> values = new TreeMap<>();
    if (text != null) {
      Matcher line = LINE.matcher(text.replace("\r", ""));
      while (line.find() && values.size() < MOST) {
        values.put(line.group(1), Long.valueOf(line.group(2)));
      }
    }
    return values;
  }

  private static @Nullable Long number(@Nullable String text) {
    if (text == null || !text.strip().matches("\\d{1,19}")) {
      return null; // "max"
    }
    try {
      long value = Long.parseLong(text.strip());
      return value >= UNLIMITED ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** How many processes of it the kernel has killed since it was made, as it counts them. */
  public long kills() {
    return event("oom_kill");
  }

  long event(String name) {
    return events.getOrDefault(name, 0L);
  }
}
