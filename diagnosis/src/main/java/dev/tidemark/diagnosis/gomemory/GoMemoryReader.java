package dev.tidemark.diagnosis.gomemory;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.LineReader;
import dev.tidemark.diagnosis.input.Seeming;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is known of a Go process' memory: metrics in Prometheus text or OpenMetrics, MemStats
 * as JSON (expvar or alone), the lines after a heap profile with debug=1, VictoriaMetrics' names.
 */
public final class GoMemoryReader {
  private static final int LINE = 8 << 10;
  private static final int MOST = 20_000;

  /** {@code name{labels} value}. */
  private static final Pattern METRIC =
      Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]{0,199})(\\{[^}]*\\})?[ \\t]+(\\S{1,40})");

  /** {@code # HeapInuse = 123} after a heap profile, {@code "HeapInuse": 123} in JSON. */
  private static final Pattern FIELD =
      Pattern.compile("(?:^# |\")([A-Z][A-Za-z]{2,20})(?: = |\"\\s*:\\s*)(\\d{1,20}(?:\\.\\d+)?)");

  private static final Map<String, String> NAMES = names();

  private GoMemoryReader() {}

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    names.put("Sys", "go_memstats_sys_bytes");
    names.put("HeapAlloc", "go_memstats_heap_alloc_bytes");
    names.put("HeapSys", "go_memstats_heap_sys_bytes");
    names.put("HeapIdle", "go_memstats_heap_idle_bytes");
    names.put("HeapInuse", "go_memstats_heap_inuse_bytes");
    names.put("HeapReleased", "go_memstats_heap_released_bytes");
    names.put("HeapObjects", "go_memstats_heap_objects");
    names.put("StackInuse", "go_memstats_stack_inuse_bytes");
    names.put("StackSys", "go_memstats_stack_sys_bytes");
    names.put("Stack", "go_memstats_stack_inuse_bytes");
    names.put("NextGC", "go_memstats_next_gc_bytes");
    names.put("GCSys", "go_memstats_gc_sys_bytes");
    names.put("OtherSys", "go_memstats_other_sys_bytes");
    names.put("BuckHashSys", "go_memstats_buck_hash_sys_bytes");
    names.put("TotalAlloc", "go_memstats_alloc_bytes_total");
    names.put("MaxRSS", "process_max_resident_memory_bytes");
    return names;
  }

  /**
   * Reads one file.
   *
   * @throws BadInputException when nothing of a Go runtime is in it
   */
  public static GoMemory read(Input in) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    Seeming seeming = Seeming.of(head);
    LineReader lines = new LineReader(in, LINE);
    Map<String, Double> values = new HashMap<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (values.size() < MOST) {
        accept(line, values);
      }
    }
    boolean go = values.keySet().stream().anyMatch(name -> name.startsWith("go_"));
    if (!go) {
      throw BadInputException.wrongFile(
          seeming.words(head),
          "metrics of a Go process (go_memstats_…), MemStats as JSON, or a heap profile with debug=1");
    }
    return new GoMemory(values);
  }

  private static void accept(String line, Map<String, Double> values) {
    Matcher metric = METRIC.matcher(line);
    if (metric.find()) {
      // the labels of a Go process' own metrics tell versions and quantiles, or its target
      put(values, metric.group(1), metric.group(3));
      return;
    }
    Matcher field = FIELD.matcher(line);
    while (field.find()) {
      String name = NAMES.get(field.group(1));
      if (name != null) {
        put(values, name, field.group(2));
      } else if (field.group(1).equals("LastGC")) {
        // nanoseconds since 1970
        put(values, "go_memstats_last_gc_time_seconds", field.group(2), 1e-9);
      }
    }
  }

  private static void put(Map<String, Double> values, String name, String text) {
    put(values, name, text, 1);
  }

  private static void put(Map<String, Double> values, String name, String text, double factor) {
    try {
      double value = Double.parseDouble(text.replace("Inf", "Infinity")) * factor;
      if (value >= 0) {
        values.merge(name, value, Math::max);
      }
    } catch (NumberFormatException e) {
      return; // a line of something else
    }
  }
}
