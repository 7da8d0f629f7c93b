package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who has to do with whom: who shares an address with a goroutine, who started it or was started by
 * it, and whose code lies beside its own.
 */
final class Relations {
  /** A lock lies within the object that a method of its holder was called on. */
  private static final long OBJECT = 512;

  private static final String MAIN = "main.main";

  private final Map<Long, List<StackGroup>> byId = new HashMap<>();
  private final Map<Long, List<StackGroup>> byParent = new HashMap<>();
  private final NavigableMap<Long, List<StackGroup>> byPointer = new TreeMap<>();
  private final Map<String, List<StackGroup>> byKin = new HashMap<>();
  private final List<StackGroup> byMain = new ArrayList<>();
  private final IdentityHashMap<StackGroup, Set<String>> packages = new IdentityHashMap<>();

  private final List<StackGroup> watchers;

  /** Whether no handler has lost its client, though the dump does not tell who watches which. */
  private final boolean clientsLive;

  Relations(List<StackGroup> groups) {
    groups.forEach(this::index);
    watchers = groups.stream().filter(group -> group.calls(Functions.WATCHER)).toList();
    long answering =
        groups.stream()
            .filter(
                group ->
                    group.calls(Functions.SERVE)
                        && (group.blockedAt() != null || group.calls(Functions.ANSWER)))
            .mapToLong(StackGroup::count)
            .sum();
    long watched = watchers.stream().mapToLong(StackGroup::count).sum();
    clientsLive = !tellParents() && watched >= answering;
  }

  private void index(StackGroup group) {
    for (Member member : group.members()) {
      byId.computeIfAbsent(member.id(), id -> new ArrayList<>(1)).add(group);
      if (member.parent() > 0 && !isOfRuntime(group)) {
        byParent.computeIfAbsent(member.parent(), id -> new ArrayList<>(1)).add(group);
      }
      for (long pointer : member.pointers()) {
        addOnce(byPointer.computeIfAbsent(pointer, p -> new ArrayList<>(1)), group);
      }
    }
    for (String kin : Kin.of(group)) {
      addOnce(byKin.computeIfAbsent(kin, k -> new ArrayList<>(1)), group);
    }
    Frame by = group.createdBy();
    if (by != null && Kin.written(by.function()).equals(MAIN)) {
      byMain.add(group);
    }
  }

  /** The collector's workers and their like, which begin in the main goroutine, too. */
  private static boolean isOfRuntime(StackGroup group) {
    Frame by = group.createdBy();
    return by != null && by.packagePath().equals("runtime");
  }

  @SuppressWarnings("ReferenceEquality") // a group is itself, and comparing whole stacks is dear
  private static void addOnce(List<StackGroup> groups, StackGroup group) {
    if (groups.size() <= Ties.COMMON
        && (groups.isEmpty() || groups.get(groups.size() - 1) != group)) {
      groups.add(group);
    }
  }

  /** Whether the dump tells who started whom. */
  boolean tellParents() {
    return !byParent.isEmpty();
  }

  /** The group of a goroutine by its number; several where a dump repeats one. */
  List<StackGroup> byId(long id) {
    return byId.getOrDefault(id, List.of());
  }

  /** Those whom a goroutine started. */
  List<StackGroup> startedBy(long id) {
    return byParent.getOrDefault(id, List.of());
  }

  /** All groups that have something to do with one. */
  Ties of(StackGroup group) {
    Ties ties = new Ties(group);
    for (int i = 0; i < group.members().size(); i++) {
      Member member = group.members().get(i);
      for (long pointer : member.pointers()) {
        ties.ofMember(i, byPointer.get(pointer));
      }
      if (!member.pointers().isEmpty() && Waits.of(group) == Waits.LOCK) {
        ties.ofMember(i, around(member.pointers().get(0), group));
      }
      if (member.parent() > 1 && !StandardLibrary.began(group)) {
        // the main goroutine, or a server, starts what has nothing in common
        ties.ofMember(i, byParent.get(member.parent()));
        for (StackGroup parent : byId(member.parent())) {
          if (isWithin(parent, group)) {
            ties.ofMember(i, List.of(parent));
          }
        }
      }
      ties.ofChildren(i, member.id() > 1 ? byParent.get(member.id()) : null);
    }
    if (group.isMain()) { // it waits for what it started, and knows what is written within it
      ties.ofChildren(0, tellParents() ? byParent.get(1L) : byMain);
      ties.ofAll(byKin.get(Kin.OF_MAIN));
    }
    Kin.of(group).forEach(name -> ties.ofAll(byKin.get(name)));
    if (clientsLive && group.calls(Functions.SERVE)) {
      ties.ofAll(watchers);
    }
    return ties;
  }

  /**
   * Who of the same packages was called with what a lock may lie in, the nearest first, up to as
   * many as mean anything.
   */
  private List<StackGroup> around(long lock, StackGroup group) {
    Set<StackGroup> known = Collections.newSetFromMap(new IdentityHashMap<>());
    List<StackGroup> around = new ArrayList<>();
    for (List<StackGroup> groups :
        byPointer.subMap(lock - OBJECT, true, lock, true).descendingMap().values()) {
      for (StackGroup other : groups.size() <= Ties.COMMON ? groups : List.<StackGroup>of()) {
        if (around.size() < Ties.COMMON && sharePackage(group, other) && known.add(other)) {
          around.add(other);
        }
      }
    }
    return around;
  }

  private boolean sharePackage(StackGroup group, StackGroup other) {
    Set<String> its = packages.computeIfAbsent(other, Kin::packages);
    for (String path : packages.computeIfAbsent(group, Kin::packages)) {
      if (its.contains(path)) {
        return true;
      }
    }
    return false;
  }

  /** Whether one was called with what another was called with, or with what its lock lies in. */
  static boolean mayHold(StackGroup other, StackGroup waiter) {
    Set<Long> known = new HashSet<>();
    TreeSet<Long> locks = new TreeSet<>();
    boolean near = !Collections.disjoint(Kin.packages(other), Kin.packages(waiter));
    for (Member member : waiter.members()) {
      known.addAll(member.pointers());
      member.pointers().stream().findFirst().filter(lock -> near).ifPresent(locks::add);
    }
    return other.members().stream()
        .flatMap(member -> member.pointers().stream())
        .anyMatch(
            pointer ->
                known.contains(pointer)
                    || !locks.subSet(pointer, true, pointer + OBJECT, true).isEmpty());
  }

  static boolean shareObject(StackGroup a, StackGroup b) {
    return !Collections.disjoint(pointers(a), pointers(b));
  }

  private static Set<Long> pointers(StackGroup group) {
    Set<Long> pointers = new HashSet<>();
    group.members().forEach(member -> pointers.addAll(member.pointers()));
    return pointers;
  }

  /** Whether a goroutine of one group, and not main, started one of the other. */
  static boolean areParentAndChild(StackGroup a, StackGroup b) {
    return isAnyStartedBy(a, b) || isAnyStartedBy(b, a);
  }

  private static boolean isAnyStartedBy(StackGroup group, StackGroup parent) {
    return group.members().stream()
        .filter(member -> member.parent() > 1)
        .anyMatch(member -> parent.members().stream().anyMatch(by -> by.id() == member.parent()));
  }

  /** Whether that ties them: not a lock's waiter, for who started it has nothing of its lock. */
  static boolean areOneFamily(StackGroup waiter, StackGroup other) {
    return Waits.of(waiter) != Waits.LOCK && areParentAndChild(waiter, other);
  }

  /** Whether a parent is still in the function that started the group. */
  private static boolean isWithin(StackGroup parent, StackGroup group) {
    Frame by = group.createdBy();
    return by == null || parent.calls(by.function());
  }
}
