package dev.tidemark.rules.output;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a lock says beside the files, so that a change of it can be read in a diff: one item a line.
 *
 * @param sections section → subject → item → a text, or a list of such, or a map of such
 */
public record Facts(SortedMap<String, SortedMap<String, SortedMap<String, Object>>> sections) {
  public static final Facts NONE = new Facts(new TreeMap<>());

  /** Each section behind a comma, as members of the object that is being written. */
  void append(StringBuilder json) {
    sections.forEach(
        (section, subjects) -> {
          json.append(",\n  ").append(quoted(section)).append(": {");
          String[] separator = {"\n"};
          subjects.forEach(
              (subject, items) -> {
                json.append(separator[0]).append("    ").append(quoted(subject)).append(": {");
                separator[0] = ",\n";
                String[] between = {"\n"};
                items.forEach(
                    (item, value) -> {
                      json.append(between[0]).append("      ").append(quoted(item)).append(": ");
                      value(json, value);
                      between[0] = ",\n";
                    });
                json.append("\n    }");
              });
          json.append("\n  }");
        });
  }

  private static void value(StringBuilder json, Object value) {
    if (value instanceof Map<?, ?> map) {
      json.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.append(separator).append(quoted(String.valueOf(entry.getKey()))).append(": ");
        value(json, entry.getValue());
        separator = ", ";
      }
      json.append('}');
    } else if (value instanceof List<?> list) {
      json.append('[');
      String separator = "";
      for (Object item : list) {
        json.append(separator);
        value(json, item);
        separator = ", ";
      }
      json.append(']');
    } else {
      json.append(quoted(String.valueOf(value)));
    }
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
