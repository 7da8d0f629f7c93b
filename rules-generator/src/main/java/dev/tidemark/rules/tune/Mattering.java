package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import dev.tidemark.rules.history.Replayed;
import dev.tidemark.rules.model.Service;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which episodes were no noise, and asks for deaths only where something fired. */
public final class Mattering {
  /** A death so many intervals of the group after an episode still is of it. */
  private static final int NEAR = 10;

  private final Deaths deaths;
  private final List<Keep> keeps;
  private final boolean restarts;
  private final Map<String, List<Death>> known = new HashMap<>();
  private final Set<Keep> used = new HashSet<>();

  /**
   * @param restarts whether restarts count that were no kill for memory
   */
  public Mattering(Past past, List<Keep> keeps, boolean restarts) {
    this.deaths = new Deaths(past);
    this.keeps = List.copyOf(keeps);
    this.restarts = restarts;
  }

  /**
   * @param foretold how long before a death the alert means to tell of it
   * @throws PrometheusException where the server does not answer
   */
  public List<Mattered> of(Service service, Replayed replayed, Duration foretold)
      throws PrometheusException {
    List<Episode> episodes = replayed.episodes();
    if (episodes.isEmpty()) {
      return List.of();
    }
    String name = service.name().value();
    List<Death> died = known.get(name);
    if (died == null) {
      died = deaths.of(service, restarts);
      known.put(name, died);
    }
    keeps.stream().filter(k -> episodes.stream().anyMatch(k::isOf)).forEach(used::add);
    Duration near = service.settings().groupInterval().multipliedBy(NEAR);
    return Mattered.of(episodes, keeps, died, near, foretold);
  }

  /** What people should know of it. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Keep keep : keeps) {
      if (!used.contains(keep)) {
        notes.add("--keep " + keep.at() + " " + keep.labels() + ": no alert fired then");
      }
    }
    if (keeps.isEmpty() && known.values().stream().allMatch(List::isEmpty)) {
      notes.add(
          "no target of these services died in this time: nothing tells which episodes mattered;"
              + " mark them with --keep");
    }
    return notes;
  }
}
