package dev.tidemark.rules.rule;

import java.util.List;
import java.util.Optional;

/** The alerts a specification can {@code use}. */
public final class AlertCatalogue {
  private static final List<AlertMaker> MAKERS =
      List.of(
          LeakAlert.GOROUTINES,
          LeakAlert.HEAP,
          new MemoryNearLimit(),
          new ExporterStale(),
          new ExporterAbsent());

  private AlertCatalogue() {}

  /** Their ids, in the order the docs list them. */
  public static List<String> ids() {
    return MAKERS.stream().map(AlertMaker::id).toList();
  }

  /** The name of the alert that an id makes. */
  public static Optional<String> alert(String id) {
    return find(id).map(AlertMaker::alert);
  }

  static Optional<AlertMaker> find(String id) {
    return MAKERS.stream().filter(maker -> maker.id().equals(id)).findFirst();
  }
}
