package dev.tidemark.rules.catalogue;

import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.TroubleAlert;
import dev.tidemark.rules.rule.leak.DiesSoon;
import dev.tidemark.rules.rule.leak.GoroutineLevel;
import dev.tidemark.rules.rule.leak.LeakAlert;
import dev.tidemark.rules.rule.leak.OffHeapGrowth;
import dev.tidemark.rules.rule.leak.WorkloadLeak;
import dev.tidemark.rules.rule.limits.CpuThrottling;
import dev.tidemark.rules.rule.limits.FdsNearLimit;
import dev.tidemark.rules.rule.limits.GomaxprocsMismatch;
import dev.tidemark.rules.rule.limits.OomKilled;
import dev.tidemark.rules.rule.limits.RequestsFarBelowLimits;
import dev.tidemark.rules.rule.limits.RestartLoop;
import dev.tidemark.rules.rule.memory.GomemlimitUnsafe;
import dev.tidemark.rules.rule.memory.HeapNearGomemlimit;
import dev.tidemark.rules.rule.memory.MemoryNearLimit;
import dev.tidemark.rules.rule.memory.StartupOomRisk;
import dev.tidemark.rules.rule.platform.KubeletGoroutines;
import dev.tidemark.rules.rule.platform.NodeGoroutines;
import dev.tidemark.rules.rule.platform.NodeNotReady;
import dev.tidemark.rules.rule.platform.TargetAbsent;
import dev.tidemark.rules.rule.platform.TargetDown;
import dev.tidemark.rules.rule.runtime.BlockedP99;
import dev.tidemark.rules.rule.runtime.GcPause;
import dev.tidemark.rules.rule.runtime.GcThrash;
import dev.tidemark.rules.rule.runtime.GoroutineCeiling;
import dev.tidemark.rules.rule.runtime.MutexWait;
import dev.tidemark.rules.rule.self.ConfigRefused;
import dev.tidemark.rules.rule.self.EvidenceFailing;
import dev.tidemark.rules.rule.self.ExporterAbsent;
import dev.tidemark.rules.rule.self.ExporterStale;
import dev.tidemark.rules.rule.self.RemediationEscalated;
import dev.tidemark.rules.rule.self.RestartBudgetSpent;
import dev.tidemark.rules.rule.self.SeriesRefused;
import dev.tidemark.rules.rule.self.Watchdog;
import dev.tidemark.rules.rule.self.WebhookFailing;
import dev.tidemark.rules.rule.self.WebhookNotDurable;
import dev.tidemark.rules.rule.self.WebhookRefusing;
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
          new HeapNearGomemlimit(),
          new GomemlimitUnsafe(),
          new StartupOomRisk(),
          TroubleAlert.RUNTIME_OVERHEAD,
          TroubleAlert.FRAGMENTATION,
          new GcThrash(),
          new GcPause(),
          new BlockedP99(),
          new MutexWait(),
          new GoroutineCeiling(),
          OomKilled.ONCE,
          OomKilled.LOOP,
          new RestartLoop(),
          new FdsNearLimit(),
          new GomaxprocsMismatch(),
          new CpuThrottling(),
          TroubleAlert.SIDECAR_CONTENTION,
          new RequestsFarBelowLimits(),
          new TargetDown(),
          new TargetAbsent(),
          new NodeNotReady(),
          TroubleAlert.NODE_PRESSURE,
          new NodeGoroutines(),
          new KubeletGoroutines(),
          new ExporterStale(),
          new ExporterAbsent(),
          new SeriesRefused(),
          new ConfigRefused(),
          new WebhookFailing(),
          new WebhookRefusing(),
          new WebhookNotDurable(),
          new RemediationEscalated(),
          new EvidenceFailing(),
          new RestartBudgetSpent(),
          new Watchdog());

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
