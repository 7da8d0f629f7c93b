package dev.tidemark.rules.catalogue;

import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.leak.DiesSoon;
import dev.tidemark.rules.rule.leak.GoroutineLevel;
import dev.tidemark.rules.rule.leak.LeakAlert;
import dev.tidemark.rules.rule.leak.OffHeapGrowth;
import dev.tidemark.rules.rule.leak.WorkloadLeak;
import dev.tidemark.rules.rule.memory.MemoryNearLimit;
import dev.tidemark.rules.rule.self.ExporterAbsent;
import dev.tidemark.rules.rule.self.ExporterStale;
import java.util.List;
import java.util.Optional;

/** The alerts a specification can {@code use}. */
public final class AlertCatalogue {
  /** In the order the docs list them. */
  public static final List<AlertMaker> MAKERS =
      List.of(
          LeakAlert.GOROUTINES,
          LeakAlert.HEAP,
          LeakAlert.STACKS,
          new OffHeapGrowth(),
          new GoroutineLevel(),
          new DiesSoon(),
          new WorkloadLeak(),
          new MemoryNearLimit(),
          new ExporterStale(),
          new ExporterAbsent());

  private AlertCatalogue() {}

  public static List<CatalogueEntry> entries() {
    return MAKERS.stream().map(AlertMaker::entry).toList();
  }

  public static List<String> ids() {
    return entries().stream().map(CatalogueEntry::id).toList();
  }

  public static Optional<CatalogueEntry> find(String id) {
    return entries().stream().filter(entry -> entry.id().equals(id)).findFirst();
  }
}
