package dev.tidemark.webhook.page;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query or form: each at most once. */
record Parameters(Map<String, List<String>> all) {

  void allow(Set<String> known) throws BadRequest {
    for (Map.Entry<String, List<String>> e : all.entrySet()) {
      if (!known.contains(e.getKey())) {
        throw new BadRequest(
            "unknown parameter \""
                + e.getKey()
                + "\": expected "
                + String.join(", ", new TreeSet<>(known)));
      }
      if (e.getValue().size() > 1) {
        throw new BadRequest(
            e.getKey() + ": given " + e.getValue().size() + " times, expected once");
      }
    }
  }

  @Nullable String get(String name) {
    List<String> values = all.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }
}
