package dev.tidemark.diagnosis.oom;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;
import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.percent;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;
import static dev.tidemark.diagnosis.oom.MemoryCases.text;

import java.util.List;

/** Patterns by what limit was met, and by whom. */
final class LimitCases {
  /** A process that dies younger than this died of its start. */
  private static final double STARTUP_SECONDS = 120;

  private final Facts facts;
  private final OomReport.Accounting sums;

  private LimitCases(Facts facts) {
    this.facts = facts;
    this.sums = facts.accounting();
  }

  static List<Case> of(Facts facts) {
    LimitCases cases = new LimitCases(facts);
    return List.of(
        cases.startup(),
        cases.gomemlimit(),
        cases.neighbour(),
        cases.stackOverflow(),
        cases.goFatal(),
        cases.reclaimOnly());
  }

  /** That a limit was reached, where nothing tells by what. */
  static Case limit(Facts facts) {
    OomReport.Accounting sums = facts.accounting();
    Kill kill = facts.kill();
    Cgroup cgroup = facts.cgroup();
    long counted = cgroup == null ? 0 : cgroup.kills();
    double anon = facts.share(sums.anon());
    boolean killed = counted > 0 || (kill != null && kill.scope() == Kill.Scope.MEMCG);
    return new Case(
            "oom-limit-reached",
            "the kernel killed at the container's limit; what filled it is not told")
        .supports(
            kill != null && kill.scope() == Kill.Scope.MEMCG,
            1,
            "the kernel killed %s with %s resident at a limit of %s",
            kill == null ? "" : kill.victim(),
            kill == null ? "" : bytes(kill.resident()),
            text(sums.limit()))
        .supports(
            counted > 0,
            1,
            "the cgroup counts %s since it was made",
            counted == 1 ? "1 kill" : count(counted) + " kills")
        .supports(
            killed && kill != null && anon >= 0.8,
            0,
            "%s (%s) are anonymous memory: Go's heap, stacks or C, no files",
            text(sums.anon()),
            percent(anon));
  }

  private Case startup() {
    double age = facts.age();
    long again = facts.kills().stream().filter(this::isLastVictim).count();
    Cgroup cgroup = facts.cgroup();
    long counted = cgroup == null ? 0 : cgroup.event("oom_kill");
    return new Case("oom-startup-peak", "the limit is below what the program needs to start")
        .supports(age >= 0 && age < STARTUP_SECONDS, 3, "the process was %s old", seconds(age))
        .supports(again >= 3, 1, "the log shows %s kills of it", count(again))
        .supports(counted >= 3, 1, "memory.events counts %s kills", count(counted))
        .opposes(age >= 900, 3, "the process was %s old", seconds(age))
        .opposes(facts.liveGrowth() >= 1.3, 1, "its live heap grew between two samples");
  }

  private boolean isLastVictim(Kill kill) {
    Kill last = facts.kill();
    return last != null && kill.victim().equals(last.victim());
  }

  private Case gomemlimit() {
    Long limit = sums.limit();
    Long soft = sums.gomemlimit();
    Long goal = sums.nextGoal();
    boolean goalAbove = limit != null && soft == null && goal != null && goal > 0.9 * limit;
    return new Case(
            "oom-gomemlimit", "the collector was not told of the limit, or told a wrong one")
        .supports(
            limit != null && soft != null && soft > limit,
            3,
            "GOMEMLIMIT is %s, the limit %s",
            text(soft),
            text(limit))
        .supports(
            limit != null && soft != null && soft <= limit && soft > 0.95 * limit,
            2,
            "GOMEMLIMIT of %s leaves less than 5 %% of %s for what Go does not count",
            text(soft),
            text(limit))
        .supports(
            goalAbove,
            2,
            "GOMEMLIMIT is not known to be set, and the goal of the collector was %s with a limit of %s",
            text(goal),
            text(limit))
        .opposes(
            limit != null && soft != null && soft <= 0.95 * limit,
            3,
            "GOMEMLIMIT is %s, below the limit",
            text(soft));
  }

  private Case neighbour() {
    Kill kill = facts.kill();
    if (kill == null) {
      return new Case("oom-neighbour", "");
    }
    Task largest = kill.tasks().isEmpty() ? null : kill.tasks().get(0);
    long all = kill.tasks().stream().mapToLong(Task::resident).sum();
    boolean node = kill.scope() == Kill.Scope.NODE;
    boolean other = largest != null && largest.pid() != kill.victimPid();
    boolean small = all > 0 && kill.resident() < 0.5 * all;
    return new Case(
            "oom-neighbour",
            node
                ? "the machine ran out of memory, not the container"
                : "another process of the container took the memory")
        .supports(node, 3, "the kernel killed for the whole machine, not for a cgroup's limit")
        .supports(
            other,
            2,
            "the largest process was %s (%d) with %s, not the victim",
            largest == null ? "" : largest.name(),
            largest == null ? 0 : largest.pid(),
            largest == null ? "" : bytes(largest.resident()))
        .supports(
            small,
            2,
            "the victim held %s of %s in all processes listed",
            bytes(kill.resident()),
            bytes(all))
        .opposes(
            all > 0 && kill.resident() >= 0.5 * all,
            2,
            "the victim held %s of %s in all processes listed",
            bytes(kill.resident()),
            bytes(all));
  }

  private Case stackOverflow() {
    GoDeath death = facts.death();
    Case found = new Case("oom-stack-overflow", "a recursion without an end: no lack of memory");
    if (death == null || death.kind() != GoDeath.Kind.STACK_OVERFLOW) {
      return found;
    }
    found.supports(true, 4, "Go ended it: %s", death.message());
    facts.stacks().stream()
        .filter(stack -> stack.state().equals("running"))
        .findFirst()
        .ifPresent(stack -> found.supports(true, 0, "what ran was %s", stack.place()));
    return found;
  }

  private Case goFatal() {
    GoDeath death = facts.death();
    Case found =
        new Case(
            "oom-go-fatal",
            "the system refused Go memory or a thread, and Go ended the process itself");
    if (death == null) {
      return found;
    }
    boolean refused = death.kind() == GoDeath.Kind.OUT_OF_MEMORY;
    boolean threads = death.kind() == GoDeath.Kind.THREADS;
    Long asked = death.asked();
    return found
        .supports(refused || threads, 3, "%s", death.message())
        .supports(
            refused && asked != null,
            1,
            "it asked for %s with %s in use",
            text(asked),
            text(death.inUse()))
        .opposes(
            refused && !facts.kills().isEmpty(),
            1,
            "the kernel killed, too, so it was not only a limit of address space (ulimit -v)");
  }

  private Case reclaimOnly() {
    Cgroup cgroup = facts.cgroup();
    boolean reclaimed = cgroup != null && cgroup.event("max") > 0;
    boolean killed = cgroup != null && cgroup.event("oom_kill") + cgroup.event("oom") > 0;
    // never more than a hint: reclaim at the limit is how a container with a page cache lives
    return new Case(
            "oom-reclaim-only",
            "the limit was reached and memory reclaimed; the kernel killed nobody")
        .supports(
            reclaimed && !killed && facts.kills().isEmpty(),
            1,
            "memory.events: max %s, oom 0, oom_kill 0",
            count(cgroup == null ? 0 : cgroup.event("max")));
  }
}
