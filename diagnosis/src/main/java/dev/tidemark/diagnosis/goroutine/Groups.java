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
      @Nullable Frame createdBy) {}

  private static final class Tally {
    long count;
    long min = Long.MAX_VALUE;
    long max = -1;
    List<Frame> stack = List.of();
  }

  private final int most;
  private final Map<Key, Tally> tallies = new HashMap<>();
  private int frames;
  private long goroutines;
  private boolean full;

  Groups(int most) {
    this.most = most;
  }

  /** Adds goroutines; {@code minutes} is -1 when their dump tells no age for them. */
  void add(
      long count,
      @Nullable String state,
      boolean leaked,
      long minutes,
      List<Frame> stack,
      @Nullable Frame createdBy) {
    goroutines += count;
    Key key = new Key(state, leaked, blockedAt(stack), createdBy);
    Tally tally = tallies.get(key);
    if (tally == null) {
      if (tallies.size() >= most) {
        full = true;
        return;
      }
      tally = new Tally();
      if (frames + stack.size() <= MOST_FRAMES) {
        frames += stack.size();
        tally.stack = List.copyOf(stack);
      }
      tallies.put(key, tally);
    }
    tally.count += count;
    tally.min = Math.min(tally.min, Math.max(minutes, 0));
    tally.max = Math.max(tally.max, minutes);
  }

  private static @Nullable Frame blockedAt(List<Frame> stack) {
    for (Frame frame : stack) {
      if (!StandardLibrary.holds(frame)) {
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

  /** Largest first; equal ones by function, so that the order is always the same. */
  List<StackGroup> sorted() {
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
                  tally.stack));
        });
    groups.sort(
        Comparator.comparingLong(StackGroup::count)
            .reversed()
            .thenComparing(group -> String.valueOf(group.blockedAt()))
            .thenComparing(group -> String.valueOf(group.createdBy()))
            .thenComparing(group -> String.valueOf(group.state())));
    return groups;
  }
}
