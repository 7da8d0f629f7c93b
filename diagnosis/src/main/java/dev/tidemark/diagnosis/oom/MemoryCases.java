package dev.tidemark.diagnosis.oom;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;
import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.percent;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patterns by what the memory was. Parts are of the limit, else of what the kernel counted. */
final class MemoryCases {
  /** Since then a slow leak may have filled the memory, too. */
  private static final double LONG_AGO = 3600;

  private static final String OLD_FIGURES = "Go's figures are %s or more older than the kill";

  private final Facts facts;
  private final OomReport.Accounting sums;

  private MemoryCases(Facts facts) {
    this.facts = facts;
    this.sums = facts.accounting();
  }

  static List<Case> of(Facts facts) {
    MemoryCases cases = new MemoryCases(facts);
    return List.of(
        cases.heap(),
        cases.goroutines(),
        cases.fragmentation(),
        cases.offHeap(),
        cases.pageCache(),
        cases.kernel());
  }

  private Case heap() {
    double live = facts.share(sums.goLive());
    double growth = facts.liveGrowth();
    return new Case("oom-heap-leak", "reachable objects filled the memory")
        .supports(
            live >= 0.5,
            live >= 0.7 ? 3 : 2,
            "the live heap of %s is %s of it",
            text(sums.goLive()),
            percent(live))
        .supports(
            growth >= 1.3,
            2,
            "the live heap grew to %s of what it was in the first sample",
            percent(growth))
        .supports(
            live >= 0.3 && live < 0.5,
            1,
            "the live heap of %s is %s of it; with GOGC=100 the heap is twice that before a collection",
            text(sums.goLive()),
            percent(live))
        .opposes(
            sums.goLive() != null && live < 0.3 && !facts.isOld(),
            2,
            "the live heap is only %s",
            text(sums.goLive()))
        .opposes(growth < 1.1, 1, "the live heap did not grow between the samples");
  }

  private Case goroutines() {
    double stacks = facts.share(sums.goStacks());
    long leaking =
        facts.stacks().stream().filter(StackEvidence::leaks).mapToLong(StackEvidence::count).sum();
    StackEvidence largest = facts.stacks().isEmpty() ? null : facts.stacks().get(0);
    StackEvidence worst =
        facts.stacks().stream()
            .filter(StackEvidence::leaks)
            .max(Comparator.comparingLong(StackEvidence::count))
            .orElse(null);
    Long goroutines = sums.goroutines();
    Case found =
        new Case(
                "oom-goroutine-leak",
                "goroutines that never end hold stacks and what they refer to")
            .supports(
                stacks >= 0.2,
                2,
                "stacks in use are %s, %s of it",
                text(sums.goStacks()),
                percent(stacks))
            .supports(
                goroutines != null && goroutines >= 10_000,
                1,
                "%s goroutines",
                count(goroutines == null ? 0 : goroutines))
            .supports(leaking >= 1000, 2, "%s goroutines are judged as leaked", count(leaking))
            .supports(
                leaking > 0 && leaking < 1000,
                0,
                "%s goroutines are judged as leaked, %s of them [%s] at %s",
                count(leaking),
                worst == null ? "" : count(worst.count()),
                worst == null ? "" : worst.state(),
                worst == null ? "" : worst.place())
            .opposes(
                goroutines != null && goroutines < 1000 && !facts.isOld(),
                2,
                "only %s goroutines",
                count(goroutines == null ? 0 : goroutines))
            .opposes(
                sums.goStacks() != null && stacks < 0.05 && !facts.isOld(),
                1,
                "stacks in use are only %s",
                text(sums.goStacks()));
    if (largest != null) {
      found.supports(
          largest.count() >= 1000,
          1,
          "%s of them [%s] at %s",
          count(largest.count()),
          largest.state(),
          largest.place());
    }
    return found;
  }

  private Case fragmentation() {
    double gaps = facts.share(sums.goGaps());
    double idle = facts.share(sums.goIdle());
    return new Case("oom-fragmentation", "memory that Go holds and no object uses")
        .supports(
            gaps >= 0.2,
            2,
            "spans in use hold %s that no object uses (%s of it)",
            text(sums.goGaps()),
            percent(gaps))
        .supports(
            idle >= 0.25,
            2,
            "%s are free and were not given back (%s of it)",
            text(sums.goIdle()),
            percent(idle))
        .opposes(facts.share(sums.goLive()) >= 0.5, 1, "the live heap is larger than that")
        .opposes(facts.isOld(), 1, OLD_FIGURES, seconds(facts.goAge()));
  }

  private Case offHeap() {
    double outside = facts.share(sums.outside());
    Smaps smaps = facts.smaps();
    Long foreign =
        smaps == null || smaps.cHeap() == null || smaps.otherAnonymous() == null
            ? null
            : Long.valueOf(smaps.cHeap() + smaps.otherAnonymous());
    return new Case(
            "oom-off-heap", "memory that Go does not know of: C libraries through cgo, or mmap")
        .supports(
            outside >= 0.25,
            3,
            "the kernel counted %s (%s) and Go held %s: %s are not Go's",
            text(sums.counted()),
            String.valueOf(sums.countedFrom()),
            text(sums.goHeld()),
            text(sums.outside()))
        .supports(
            facts.share(foreign) >= 0.3,
            2,
            "smaps shows %s anonymous outside Go's heap",
            text(foreign))
        .opposes(
            outside >= 0.25 && facts.isOld(),
            facts.goAge() >= LONG_AGO ? 3 : 2,
            OLD_FIGURES + ": what Go took since counts as not Go's",
            seconds(facts.goAge()))
        .opposes(
            sums.outside() != null && outside < 0.1 && !facts.isOld(),
            2,
            "nearly all of what the kernel counted is Go's (%s)",
            text(sums.goHeld()));
  }

  private Case pageCache() {
    double shmem = facts.share(sums.shmem());
    double file = facts.share(sums.file());
    return new Case("oom-page-cache", "files counted as the container's memory")
        .supports(
            shmem >= 0.2,
            3,
            "%s are shared memory or files on tmpfs (an emptyDir in memory), which cannot be reclaimed",
            text(sums.shmem()))
        .supports(
            file >= 0.4 && shmem < 0.2, 1, "%s are files in the page cache", text(sums.file()))
        .opposes(
            file >= 0.4 && shmem < 0.2,
            1,
            "the page cache gives way before the kernel kills, unless it is being written or locked")
        .opposes(facts.share(sums.anon()) >= 0.8, 2, "%s are anonymous memory", text(sums.anon()));
  }

  private Case kernel() {
    double share = facts.share(sums.kernel());
    return new Case(
            "oom-kernel-memory",
            "memory of the kernel for this container: sockets, page tables, threads, slabs")
        .supports(
            share >= 0.2,
            3,
            "the kernel took %s for it (%s of it)",
            text(sums.kernel()),
            percent(share))
        .opposes(share < 0.05, 1, "the kernel took only %s", text(sums.kernel()));
  }

  static String text(@Nullable Long value) {
    return value == null ? "?" : bytes(value);
  }
}
