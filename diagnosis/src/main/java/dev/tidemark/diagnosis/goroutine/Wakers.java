package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who could wake whom. A dump tells neither what holds a lock nor who has the other end of a
 * channel, but who shares an address with a blocked goroutine, who started it or was started by it,
 * and whose code lies beside its own. If none of these can go on, nothing will.
 */
final class Wakers {
  /** An address or name that more groups share tells nothing about any of them. */
  private static final int COMMON = 40;

  /** A lock lies within the object that a method of its holder was called on. */
  private static final long OBJECT = 512;

  private final Map<Long, List<StackGroup>> byId = new HashMap<>();
  private final Map<Long, List<StackGroup>> byParent = new HashMap<>();
  private final NavigableMap<Long, List<StackGroup>> byPointer = new TreeMap<>();
  private final Map<String, List<StackGroup>> byKin = new HashMap<>();
  private final IdentityHashMap<StackGroup, Prospect> prospects = new IdentityHashMap<>();
  private final boolean tellsParents;
  private final long tickers;
  private final long working;

  Wakers(List<StackGroup> groups) {
    groups.forEach(this::index);
    tellsParents = byParent.keySet().stream().anyMatch(parent -> parent > 0);
    IdentityHashMap<StackGroup, Set<StackGroup>> waiting = new IdentityHashMap<>();
    for (StackGroup group : groups) {
      if (Waits.of(group).needsSomebody()) {
        waiting.put(group, related(group));
      }
    }
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<StackGroup, Set<StackGroup>> entry : waiting.entrySet()) {
        StackGroup group = entry.getKey();
        if (!prospects.containsKey(group)
            && entry.getValue().stream().anyMatch(other -> canWake(other, group))) {
          prospects.put(group, Prospect.LIKELY);
          more = true;
        }
      }
    }
    waiting.keySet().forEach(g -> prospects.computeIfAbsent(g, this::alone));
    tickers = groups.stream().filter(Wakers::mayTick).count();
    working = groups.stream().filter(this::isAtWorkItself).mapToLong(StackGroup::count).sum();
  }

  private void index(StackGroup group) {
    for (Member member : group.members()) {
      byId.computeIfAbsent(member.id(), id -> new ArrayList<>(1)).add(group);
      if (member.parent() > 0) {
        byParent.computeIfAbsent(member.parent(), id -> new ArrayList<>(1)).add(group);
      }
      for (long pointer : member.pointers()) {
        addOnce(byPointer.computeIfAbsent(pointer, p -> new ArrayList<>(1)), group);
      }
    }
    for (String kin : Kin.of(group)) {
      addOnce(byKin.computeIfAbsent(kin, k -> new ArrayList<>(1)), group);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a group is itself, and comparing whole stacks is dear
  private static void addOnce(List<StackGroup> groups, StackGroup group) {
    if (groups.size() <= COMMON && (groups.isEmpty() || groups.get(groups.size() - 1) != group)) {
      groups.add(group);
    }
  }

  Prospect of(StackGroup group) {
    return prospects.getOrDefault(group, Prospect.LIKELY);
  }

  /** Whether one that cannot go on either has to do with the group, and is surely stuck. */
  @Nullable StackGroup stuckPeer(StackGroup group) {
    return related(group).stream()
        .filter(other -> prospects.containsKey(other) && !canGoOn(other))
        .filter(other -> Waits.of(other) != Waits.of(group) && Waits.of(other).isAlwaysStuck())
        .filter(other -> isClose(group, other))
        .findFirst()
        .orElse(null);
  }

  /** Whether two share more than a function somewhere on their stacks. */
  private static boolean isClose(StackGroup group, StackGroup other) {
    return !Collections.disjoint(pointers(group), pointers(other))
        || group.members().stream().anyMatch(member -> isChild(member, other))
        || other.members().stream().anyMatch(member -> isChild(member, group))
        || !Collections.disjoint(Kin.near(group), Kin.near(other));
  }

  private static boolean isChild(Member member, StackGroup parent) {
    return member.parent() > 1
        && parent.members().stream().anyMatch(other -> other.id() == member.parent());
  }

  private static Set<Long> pointers(StackGroup group) {
    Set<Long> pointers = new HashSet<>();
    group.members().forEach(member -> pointers.addAll(member.pointers()));
    return pointers;
  }

  /** Whether somebody that can go on is in the function in which the group is blocked. */
  boolean isAtWork(StackGroup group) {
    Frame at = group.blockedAt();
    return at != null
        && related(group).stream().anyMatch(other -> canGoOn(other) && other.calls(at.function()));
  }

  /**
   * The watcher of a request's connection ends the request's context, and a server of the standard
   * library accepts connections; they do nothing else.
   */
  boolean canWake(StackGroup other, StackGroup group) {
    boolean watcher = other.calls("net/http.(*connReader).backgroundRead");
    boolean forContext = Waits.of(group) == Waits.RECEIVE || Waits.of(group) == Waits.EITHER;
    boolean server = other.blockedAt() == null && other.calls("internal/poll.(*FD).Accept");
    return canGoOn(other) && !server && (!watcher || forContext);
  }

  /** Whether a group runs, or waits for the world outside, the clock, or one of several events. */
  boolean canGoOn(StackGroup group) {
    return Waits.of(group).needsSomebody()
        ? prospects.get(group) == Prospect.LIKELY
        : !group.isState("select (no cases)", "chan send (nil chan)", "chan receive (nil chan)")
            && !isObserver(group);
  }

  /** Who writes the dump would do nothing else, were there none. */
  static boolean isObserver(StackGroup group) {
    return Waits.isForTest(group)
        || group.calls("runtime/pprof.writeGoroutineStacks")
        || group.calls("runtime/pprof.writeRuntimeProfile")
        || group.calls("runtime/pprof.writeProfileInternal")
        || group.calls("runtime/pprof.(*Profile).WriteTo")
        || group.calls("runtime.Stack")
        || (group.isState("sleep") && (group.isMain() || group.calls("testing.tRunner")));
  }

  /**
   * Whether an observer has to do with a group that is neither main nor serves a request: it may be
   * a worker that tells of its end, and wakes the group then.
   */
  boolean isRelatedToWorkingObserver(StackGroup group) {
    return related(group).stream()
        .anyMatch(
            other ->
                isObserver(other) && !other.isMain() && !other.calls("net/http.(*conn).serve"));
  }

  /** Whether there is another single receiver or select, which may wait for the clock. */
  boolean mayAnotherTick(StackGroup group) {
    return tickers > (mayTick(group) ? 1 : 0);
  }

  private static boolean mayTick(StackGroup group) {
    return group.count() == 1
        && group.blockedAt() != null
        && !group.isMain()
        && (Waits.of(group) == Waits.RECEIVE
            || Waits.of(group) == Waits.EITHER
            || Waits.of(group) == Waits.SELECT);
  }

  /** Whether anybody in the program's own code can go on, but for who looks on or listens. */
  boolean isAnybodyAtWork() {
    return working > 0;
  }

  /** How many of them there are beside a group. */
  long atWork(StackGroup beside) {
    return working - (isAtWorkItself(beside) ? beside.count() : 0);
  }

  private boolean isAtWorkItself(StackGroup group) {
    return group.blockedAt() != null
        && !Waits.of(group).needsSomebody()
        && canGoOn(group)
        && !group.calls("internal/poll.(*FD).Accept");
  }

  /** All groups that have something to do with one. */
  Set<StackGroup> related(StackGroup group) {
    Set<StackGroup> related = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean orphans = false;
    for (Member member : group.members()) {
      orphans |= Boolean.TRUE.equals(member.orphan());
      for (long pointer : member.pointers()) {
        addUncommon(related, byPointer.get(pointer));
      }
      if (!member.pointers().isEmpty() && Waits.of(group) == Waits.LOCK) {
        long lock = member.pointers().get(0);
        byPointer
            .subMap(lock - OBJECT, true, lock, true)
            .values()
            .forEach(groups -> addUncommon(related, groups));
      }
      if (member.parent() > 1 && !StandardLibrary.began(group)) {
        // the main goroutine, or a server, starts what has nothing in common
        addUncommon(related, byParent.get(member.parent()));
        byId.getOrDefault(member.parent(), List.of()).stream()
            .filter(parent -> isWithin(parent, group))
            .forEach(related::add);
      }
      addUncommon(related, member.id() > 1 ? byParent.get(member.id()) : null);
    }
    if (group.isMain()) { // it waits for what it started, and knows what is written within it
      addUncommon(related, byParent.get(1L));
      addUncommon(related, byKin.get(Kin.OF_MAIN));
    }
    if (!orphans) {
      Kin.of(group).forEach(name -> addUncommon(related, byKin.get(name)));
    }
    related.remove(group);
    return related;
  }

  /** Whether a parent is still in the function that started the group. */
  private static boolean isWithin(StackGroup parent, StackGroup group) {
    Frame by = group.createdBy();
    return by == null || parent.calls(by.function());
  }

  private static void addUncommon(
      Set<StackGroup> related, @Nullable Collection<StackGroup> groups) {
    if (groups != null && groups.size() <= COMMON) {
      related.addAll(groups);
    }
  }

  /** Nobody can wake the group; is there at least who started it? */
  private Prospect alone(StackGroup group) {
    boolean lost =
        tellsParents
            && !group.members().isEmpty()
            && group.members().stream()
                .allMatch(member -> Boolean.TRUE.equals(member.orphan()) || isStuck(member));
    return lost ? Prospect.NONE : Prospect.UNLIKELY;
  }

  /** Whether the parent is there and blocked without hope itself. */
  private boolean isStuck(Member member) {
    List<StackGroup> parents = byId.getOrDefault(member.parent(), List.of());
    return !parents.isEmpty()
        && parents.stream()
            .allMatch(
                parent ->
                    Waits.of(parent).needsSomebody() && prospects.get(parent) != Prospect.LIKELY);
  }
}
