package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Replayed;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Setting;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert that uses a budget.
 *
 * @param alert its number among the service's alerts
 * @param before the past as the alert is
 * @param settings its thresholds
 * @param mattered which of its episodes were no noise
 * @param free whether it may be changed
 */
public record Subject(
    Service service,
    int alert,
    Replayed before,
    SortedMap<String, Setting> settings,
    List<Mattered> mattered,
    boolean free) {
  public Subject {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    mattered = List.copyOf(mattered);
  }

  /** What no other alert has. */
  String key() {
    return before.name() + "/" + before.label("severity");
  }

  /** What a threshold is; empty text where it has none. */
  public String present(String name) {
    Setting setting = settings.get(name);
    return setting == null ? "" : setting.value();
  }
}
