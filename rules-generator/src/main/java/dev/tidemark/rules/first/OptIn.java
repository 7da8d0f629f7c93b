package dev.tidemark.rules.first;

import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Support;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a service would have to expose to be judged by more.
 *
 * @param go the line of Go that exposes it; empty where nothing of Go is to be switched on
 * @param opens signals that this line makes possible or exact
 * @param others what else there is to do → the signals it is for
 */
public record OptIn(Optional<String> go, List<String> opens, Map<String, List<String>> others) {
  private static final String CLIENT = "client_golang";

  public OptIn {
    opens = List.copyOf(opens);
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  public static OptIn of(GoService service) {
    Set<String> rules = new LinkedHashSet<>();
    List<String> opens = new ArrayList<>();
    Map<String, List<String>> others = new LinkedHashMap<>();
    for (Support support : service.supports()) {
      Optional<List<Need>> missing = support.missing().stream().findFirst();
      if (missing.isEmpty()) {
        continue;
      }
      String id = support.signal().id();
      List<Need> switches =
          missing.get().stream().filter(n -> isOfClient(n) && !n.turnOn().isEmpty()).toList();
      switches.forEach(need -> rules.add(need.turnOn()));
      if (switches.size() == missing.get().size()) {
        opens.add(id);
        continue;
      }
      for (Need need : missing.get()) {
        if (!switches.contains(need)) {
          others
              .computeIfAbsent(need.metric() + ": " + words(need), hint -> new ArrayList<>())
              .add(id);
        }
      }
    }
    Optional<String> go =
        rules.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics("
                    + String.join(", ", rules)
                    + "))");
    return new OptIn(go, opens, others);
  }

  private static String words(Need need) {
    return isOfClient(need) && need.turnOn().isEmpty()
        ? "a newer client_golang, or one that is not told to leave it out"
        : need.hint();
  }

  private static boolean isOfClient(Need need) {
    return need.from().startsWith(CLIENT);
  }
}
