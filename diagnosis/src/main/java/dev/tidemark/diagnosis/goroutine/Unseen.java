package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ties that a dump does not show: an inlined function or a closure has no arguments in it, and may
 * know whatever its starter knew; a caller has what a function returned.
 */
final class Unseen {
  private final Relations relations;
  private final Predicate<StackGroup> canGoOn;
  private final Set<StackGroup> working = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> onStacks;

  /** A few of those on whose stack a function is that some group is blocked in. */
  private final Map<String, List<StackGroup>> within = new HashMap<>();

  private final IdentityHashMap<StackGroup, Boolean> blind = new IdentityHashMap<>();

  /** Those at work by what they have in common with others, a few of each kind; made when asked. */
  private final Map<Bond, List<StackGroup>> bonds = new HashMap<>();

  /**
   * What a goroutine may have in common with another that nothing else ties to it.
   *
   * @param name of the function that started it, or of its package
   * @param parent of the goroutine that started it
   */
  private record Bond(Kind kind, String name, long parent) {
    enum Kind {
      PACKAGE,
      /** Of a package, and nobody started it as far as is told. */
      PACKAGE_ALONE,
      STARTER,
      /** Of a starter, by a goroutine that is not told. */
      STARTER_ALONE,
      PARENT
    }
  }

  /**
   * @param canGoOn whether a group runs, or will be woken
   * @param working those of the program's own code that go on without help
   */
  Unseen(
      List<StackGroup> groups,
      Relations relations,
      Predicate<StackGroup> canGoOn,
      List<StackGroup> working) {
    this.relations = relations;
    this.canGoOn = canGoOn;
    this.working.addAll(working);
    for (StackGroup group : groups) {
      Frame at = group.blockedAt();
      if (at != null && Waits.of(group) == Waits.SEND) {
        within.computeIfAbsent(at.function(), f -> new ArrayList<>(1));
      }
    }
    for (StackGroup group : groups) {
      for (Frame frame : within.isEmpty() ? List.<Frame>of() : group.stack()) {
        List<StackGroup> others = within.get(frame.function());
        if (others != null && others.size() < Ties.COMMON) {
          others.add(group);
        }
      }
    }
    onStacks =
        relations.tellParents()
            ? Set.of()
            : groups.stream()
                .flatMap(group -> group.stack().stream())
                .map(Frame::function)
                .collect(Collectors.toSet());
  }

  /** Whether somebody is at work who may have to do with a group. */
  @SuppressWarnings("ReferenceEquality") // a group is itself
  boolean mayBeWoken(StackGroup group) {
    // main waits for what it started, and a count does not tell who that is
    boolean anybody = group.isMain() && group.members().isEmpty();
    Stream<StackGroup> others = anybody ? working.stream() : startedWith(group);
    return others.anyMatch(other -> other != group && (anybody || mayWake(other, group)))
        || (Waits.of(group) == Waits.SEND && hasAnyPassed(group));
  }

  /** Whether somebody who goes on stands further down where a group sends, and has sent there. */
  private boolean hasAnyPassed(StackGroup group) {
    Frame at = group.blockedAt();
    return at != null
        && within.getOrDefault(at.function(), List.of()).stream()
            .anyMatch(other -> canGoOn.test(other) && Holders.hasPassed(other, group));
  }

  /** Whether one who is at work may end a group's wait though nothing tells that it could. */
  private boolean mayWake(StackGroup at, StackGroup group) {
    Waits waits = Waits.of(group);
    boolean ready = waits == Waits.SEND || waits == Waits.PIPE_WRITE || waits == Waits.LOCK;
    boolean elsewhere = ready && Waits.of(at) == Waits.SELECT;
    if (elsewhere && at.isMain() && !isStartedBy(group, at)) {
      return false;
    }
    boolean stages = waits == Waits.SEND && isBusy(at);
    return stages || isBlind(group) || (!elsewhere && isBlind(at));
  }

  private static boolean isBusy(StackGroup group) {
    return !group.isMain() && group.isState("IO wait", "syscall", "running", "runnable");
  }

  /** Methods have to do with their own object, and that is told by their names. */
  private boolean isBlind(StackGroup group) {
    return blind.computeIfAbsent(
        group,
        g -> {
          boolean untold = g.members().isEmpty() || g.members().stream().anyMatch(Member::untold);
          return !Kin.isOfMethods(g) && (untold || Kin.isClosure(g));
        });
  }

  private static boolean isStartedBy(StackGroup group, StackGroup starter) {
    Frame by = group.createdBy();
    return by != null && starter.calls(by.function());
  }

  /** Some of those at work who were started as a group was; of all kinds there are. */
  private Stream<StackGroup> startedWith(StackGroup group) {
    if (bonds.isEmpty()) {
      working.forEach(this::tie);
    }
    String path = group.packagePath();
    Frame by = group.createdBy();
    Stream<Bond> its =
        by == null
            ? Stream.of(new Bond(Bond.Kind.PACKAGE, path, 0))
            : Stream.concat(
                Stream.of(
                    new Bond(Bond.Kind.PACKAGE_ALONE, path, 0),
                    group.members().isEmpty()
                        ? new Bond(Bond.Kind.STARTER, by.function(), 0)
                        : new Bond(Bond.Kind.STARTER_ALONE, by.function(), 0)),
                parents(group, by));
    return its.flatMap(bond -> bonds.getOrDefault(bond, List.of()).stream());
  }

  private static Stream<Bond> parents(StackGroup group, Frame by) {
    return group.members().stream()
        .map(Member::parent)
        .distinct()
        .map(parent -> new Bond(Bond.Kind.PARENT, by.function(), parent));
  }

  private void tie(StackGroup worker) {
    tie(new Bond(Bond.Kind.PACKAGE, worker.packagePath(), 0), worker);
    Frame by = worker.createdBy();
    if (by == null) {
      tie(new Bond(Bond.Kind.PACKAGE_ALONE, worker.packagePath(), 0), worker);
      return;
    }
    tie(new Bond(Bond.Kind.STARTER, by.function(), 0), worker);
    if (worker.members().isEmpty()) {
      tie(new Bond(Bond.Kind.STARTER_ALONE, by.function(), 0), worker);
    }
    parents(worker, by).forEach(bond -> tie(bond, worker));
  }

  /** Two of a kind are as good as a thousand: one may be the group itself that is asked for. */
  private void tie(Bond bond, StackGroup worker) {
    List<StackGroup> others = bonds.computeIfAbsent(bond, b -> new ArrayList<>(1));
    if (worker.isMain() || others.stream().filter(other -> areAlike(other, worker)).count() < 2) {
      others.add(worker);
    }
  }

  /** Whether two at work may wake the same groups, as far as {@link #mayWake} tells. */
  private boolean areAlike(StackGroup a, StackGroup b) {
    return a.isMain() == b.isMain()
        && (Waits.of(a) == Waits.SELECT) == (Waits.of(b) == Waits.SELECT)
        && isBusy(a) == isBusy(b)
        && isBlind(a) == isBlind(b);
  }

  /**
   * Whether a group may have been started by a generator: a function that returned a channel to a
   * caller who lives on, and whose locals no dump tells. An accept loop has nothing of those it
   * starts, and a server's connection nothing of the request before.
   */
  boolean mayBelongToItsCaller(StackGroup group) {
    Frame by = group.createdBy();
    boolean lock = Waits.of(group) == Waits.LOCK;
    if (by == null || StandardLibrary.holds(by) || group.members().isEmpty() || lock) {
      return false;
    }
    if (relations.tellParents()) {
      return group.members().stream().allMatch(member -> mayBelongToItsCaller(member, group, by));
    }
    return !group.isStartedOverTime()
        && !onStacks.contains(by.function())
        && mayAnybodyKnow(group, by);
  }

  private boolean mayBelongToItsCaller(Member member, StackGroup group, Frame by) {
    return relations.byId(member.parent()).stream()
        .anyMatch(
            caller ->
                mayComeBack(caller, by) || (isBlind(group) && mayHaveHandedOn(caller, by, member)));
  }

  private boolean mayComeBack(StackGroup caller, Frame by) {
    return canGoOn.test(caller)
        && !caller.calls(by.function())
        && caller.blockedAt() != null
        && !caller.calls(Functions.ACCEPT)
        && !caller.calls(RowsRule.CONNECTION);
  }

  /** Whether a caller that has gone on started somebody at work, who may have what it was given. */
  private boolean mayHaveHandedOn(StackGroup caller, Frame by, Member member) {
    return !caller.calls(by.function())
        && relations.startedBy(member.parent()).stream()
            .anyMatch(other -> working.contains(other) && isStartedElsewhere(other, by));
  }

  /** Whether the program's own code, but for one function, started a group. */
  private static boolean isStartedElsewhere(StackGroup group, Frame than) {
    Frame by = group.createdBy();
    return by != null && !StandardLibrary.holds(by) && !by.function().equals(than.function());
  }

  /**
   * Whether somebody at work was there before a group, and may have started it, or was started by
   * who called its starter, perhaps, and given what that one returned.
   */
  @SuppressWarnings("ReferenceEquality") // a group is itself
  private boolean mayAnybodyKnow(StackGroup group, Frame by) {
    long first = firstId(group);
    return working.stream()
        .filter(other -> other != group && !Kin.beginAlike(other, group))
        .anyMatch(
            other -> firstId(other) < first || (isBlind(group) && isStartedElsewhere(other, by)));
  }

  private static long firstId(StackGroup group) {
    return group.members().stream().mapToLong(Member::id).min().orElse(Long.MAX_VALUE);
  }
}
