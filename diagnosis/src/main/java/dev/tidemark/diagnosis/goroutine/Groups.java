package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers goroutines that are alike, within a bound on the number of groups. */
final class Groups {
  /** Of all sample stacks together: what is beyond is judged by its state and place alone. */
  private static final int MOST_FRAMES = 500_000;

  private record Key(
      @Nullable String state,
      boolean leaked,
      @Nullable Frame blockedAt,
      @Nullable Frame createdBy,
      @Nullable String began) {}

  private static final class Tally {
    long count;
    long min = Long.MAX_VALUE;
    long max = -1;
    List<Frame> stack = List.of();
    final List<Member> members = new ArrayList<>(2);

    void add(long goroutines, long minutes) {
      count += goroutines;
      min = Math.min(min, Math.max(minutes, 0));
      max = Math.max(max, minutes);
    }
  }

  /** Looked at of each group, and kept of all groups together. */
  private static final int MEMBERS = 32;

  /** Goroutine numbers a processor takes at once (_GoidCacheBatch), and more than all take. */
  private static final int SIXTEEN = 16;

  private static final int FAR = 256;

  private static final int MOST_MEMBERS = 200_000;

  private final int most;
  private final Map<Frame, Boolean> standard = new HashMap<>();
  private int members;
  private final Map<Key, Tally> tallies = new HashMap<>();
  private int frames;
  private long goroutines;
  private boolean full;

  Groups(int most) {
    this.most = most;
  }

  /** Where goroutines alike are counted. */
  static final class Place {
    private final Tally tally;

    private Place(Tally tally) {
      this.tally = tally;
    }
  }

  /** Where goroutines of this state and stack are counted; null when there is no more room. */
  @Nullable Place place(Header header, List<Frame> stack, @Nullable Frame createdBy) {
    Key key = new Key(header.state(), header.leaked(), blockedAt(stack), createdBy, null);
    Tally tally = tally(key, stack);
    return tally == null ? null : new Place(tally);
  }

  /** Counts a goroutine; true when {@link #member} is to tell more of it. */
  boolean add(@Nullable Place place, Header header) {
    goroutines++;
    if (place == null) {
      return false;
    }
    place.tally.add(1, header.minutes());
    return place.tally.members.size() < MEMBERS && members < MOST_MEMBERS;
  }

  /** Adds all that is known of a goroutine that was counted. */
  void member(Place place, Header header, List<Frame> stack, long parent, Pointers pointers) {
    members++;
    int own = ownCalls(stack);
    List<Long> known = pointers.ofCalls(own);
    boolean untold = isUntold(stack, own, pointers);
    place.tally.members.add(new Member(header.id(), parent, null, false, known, untold));
  }

  /** Whether a function that is not of the standard library does not tell its arguments. */
  private boolean isUntold(List<Frame> stack, int calls, Pointers pointers) {
    for (int i = 0; i < calls; i++) {
      if (pointers.isUntold(i) && !isStandard(stack.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isStandard(Frame frame) {
    return standard.computeIfAbsent(frame, StandardLibrary::holds);
  }

  /**
   * How many calls there are up to the outermost outside the standard library; all when there is
   * none. What lies below, a server that calls handlers, has its own objects.
   */
  private int ownCalls(List<Frame> stack) {
    for (int i = stack.size() - 1; i >= 0; i--) {
      if (!isStandard(stack.get(i))) {
        return i + 1;
      }
    }
    return stack.size();
  }

  /** Adds goroutines of which their number and stack is known. */
  void add(long count, @Nullable String state, boolean leaked, List<Frame> stack) {
    Frame at = blockedAt(stack);
    // of the standard library's own the function they began with tells who they are
    String began = at == null && !stack.isEmpty() ? stack.get(stack.size() - 1).function() : null;
    goroutines += count;
    Tally tally = tally(new Key(state, leaked, at, null, began), stack);
    if (tally != null) {
      tally.add(count, -1);
    }
  }

  private @Nullable Tally tally(Key key, List<Frame> stack) {
    Tally tally = tallies.get(key);
    if (tally == null) {
      if (tallies.size() >= most) {
        full = true;
        return null;
      }
      tally = new Tally();
      if (frames + stack.size() <= MOST_FRAMES) {
        frames += stack.size();
        tally.stack = List.copyOf(stack);
      }
      tallies.put(key, tally);
    }
    return tally;
  }

  private @Nullable Frame blockedAt(List<Frame> stack) {
    for (Frame frame : stack) {
      if (!isStandard(frame)) {
        return frame;
      }
    }
    return null;
  }

  long goroutines() {
    return goroutines;
  }

  /** Whether some goroutines found no place. */
  boolean isFull() {
    return full;
  }

  /** Of a form that tells no numbers. */
  List<StackGroup> sorted() {
    return sorted(null, new SeenIds());
  }

  /**
   * Largest first; equal ones by function, so that the order is always the same.
   *
   * @param seen all goroutines of the dump, where it tells them
   * @param between those of them that serve connections without a request: what they started for an
   *     earlier one has outlived it
   */
  List<StackGroup> sorted(@Nullable SeenIds seen, SeenIds between) {
    List<StackGroup> groups = new ArrayList<>(tallies.size());
    tallies.forEach(
        (key, tally) -> {
          WaitMinutes wait = tally.max < 0 ? null : new WaitMinutes(tally.min, tally.max);
          groups.add(
              new StackGroup(
                  tally.count,
                  key.state(),
                  key.leaked(),
                  wait,
                  key.blockedAt(),
                  key.createdBy(),
                  tally.stack,
                  members(tally, seen, between)));
        });
    groups.sort(
        Comparator.comparingLong(StackGroup::count)
            .reversed()
            .thenComparing(group -> String.valueOf(group.blockedAt()))
            .thenComparing(group -> String.valueOf(group.createdBy()))
            .thenComparing(group -> String.valueOf(group.state())));
    return groups;
  }

  private static List<Member> members(Tally tally, @Nullable SeenIds seen, SeenIds between) {
    if (seen == null) {
      return List.copyOf(tally.members);
    }
    List<Member> told = new ArrayList<>(tally.members.size());
    tally.members.sort(Comparator.comparingLong(Member::id));
    long last = 0;
    for (Member member : tally.members) {
      Boolean there = seen.contains(member.parent());
      Boolean over = between.contains(member.parent());
      Boolean orphan = there == null ? null : !there || Boolean.TRUE.equals(over);
      boolean apart = last > 0 && isAnyGone(last + 1, member.id(), seen);
      told.add(
          new Member(
              member.id(), member.parent(), orphan, apart, member.pointers(), member.untold()));
      last = member.id();
    }
    return told;
  }

  /**
   * Whether one of these numbers was given and its goroutine is gone. Each processor takes 16
   * numbers at a time, so of numbers in different sixteens only a long way apart tells.
   */
  private static boolean isAnyGone(long from, long to, SeenIds seen) {
    if ((from - 2) / SIXTEEN != (to - 1) / SIXTEEN) {
      return to - from > FAR;
    }
    for (long id = from; id < to; id++) {
      if (Boolean.FALSE.equals(seen.contains(id))) {
        return true;
      }
    }
    return false;
  }
}
