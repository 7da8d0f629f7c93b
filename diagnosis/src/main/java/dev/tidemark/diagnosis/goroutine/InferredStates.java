package dev.tidemark.diagnosis.goroutine;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * States of goroutines in the counted form, which does not tell them. The first frame shown names
 * most. For the others the runtime's frames are left out but their addresses are not: everything
 * that waits returns to gopark first, two hidden frames are a select (selectgo), three a channel
 * operation (chansend under chansend1, chanrecv under chanrecv1 or chanrecv2). Send and receive are
 * told apart where both occur, since runtime/chan.go has chansend before chanrecv, or where one
 * place is reached from two, which only chanrecv is; {@link Entries} tells most. Measured on Go
 * 1.19, 1.24 and 1.27.
 */
final class InferredStates {
  /** Said of a channel operation when nothing tells which one it is. */
  static final String EITHER = "chan send or receive";

  private static final Map<String, String> BY_TOP =
      Map.ofEntries(
          Map.entry("internal/poll.runtime_pollWait", "IO wait"),
          Map.entry("time.Sleep", "sleep"),
          Map.entry("sync.runtime_SemacquireMutex", "sync.Mutex.Lock"),
          Map.entry("internal/sync.runtime_SemacquireMutex", "sync.Mutex.Lock"),
          Map.entry("sync.runtime_SemacquireRWMutexR", "sync.RWMutex.RLock"),
          Map.entry("sync.runtime_SemacquireRWMutex", "sync.RWMutex.Lock"),
          Map.entry("sync.runtime_SemacquireWaitGroup", "sync.WaitGroup.Wait"),
          Map.entry("sync.runtime_Semacquire", "semacquire"),
          Map.entry("sync.runtime_notifyListWait", "sync.Cond.Wait"),
          Map.entry(Functions.SIGNALS, "syscall"),
          Map.entry("runtime/pprof.writeRuntimeProfile", "running"),
          Map.entry("runtime/pprof.runtime_goroutineProfileWithLabels", "running"));

  /** Functions of the standard library that wait in a select and nowhere else at their top. */
  private static final Set<String> SELECTS =
      Set.of(
          Functions.WRITE_LOOP,
          Functions.ROUND_TRIP,
          "database/sql.(*DB).connectionOpener",
          "os/signal.NotifyContext.func1");

  private final long park;
  private final long select;
  private final long parked;
  private final Map<Long, String> channels;
  private final Entries entries;

  private InferredStates(
      long park, long select, long parked, Map<Long, String> channels, Entries entries) {
    this.park = park;
    this.select = select;
    this.parked = parked;
    this.channels = channels;
    this.entries = entries;
  }

  static InferredStates of(Collection<CountedStack> stacks) {
    long park = park(stacks);
    TreeMap<Long, Integer> selects = new TreeMap<>();
    TreeMap<Long, Set<Long>> callers = new TreeMap<>();
    Set<Frame> waiting = new HashSet<>();
    long sure = 0;
    for (CountedStack stack : stacks) {
      if (stack.address(0) != park || BY_TOP.containsKey(stack.top())) {
        continue;
      }
      if (stack.hidden() == 2) {
        selects.merge(stack.address(1), 1, Integer::sum);
        waiting.add(stack.frames().get(0));
        sure = SELECTS.contains(stack.top()) ? stack.address(1) : sure;
      } else if (stack.hidden() == 3) {
        callers.computeIfAbsent(stack.address(1), a -> new TreeSet<>()).add(stack.address(2));
      }
    }
    Entries entries = Entries.of(stacks);
    long only = selects.size() == 1 && mayAllBeEmpty(waiting) ? selects.firstKey() : 0;
    long parked = entries.isEmptySelect(only) ? only : 0;
    return new InferredStates(park, select(sure, selects), parked, Channels.name(callers), entries);
  }

  /** An empty select is rare, and the standard library has none. */
  private static boolean mayAllBeEmpty(Set<Frame> waiting) {
    return waiting.size() <= 2 && waiting.stream().noneMatch(StandardLibrary::holds);
  }

  /** Of two places side by side the later is selectgo; else the most common one is. */
  private static long select(long sure, SortedMap<Long, Integer> selects) {
    boolean two = selects.size() == 2 && isBlock(selects.firstKey(), selects.lastKey());
    return sure != 0 ? sure : two ? selects.lastKey() : most(selects);
  }

  /** Where gopark returns to: first address of what surely waits, else the most common one. */
  private static long park(Collection<CountedStack> stacks) {
    Map<Long, Integer> firsts = new HashMap<>();
    for (CountedStack stack : stacks) {
      String state = BY_TOP.get(stack.top());
      boolean runs = "running".equals(state) || "syscall".equals(state);
      if (stack.hidden() > 0 && !runs) {
        firsts.merge(stack.address(0), state != null ? 1000 : 1, Integer::sum);
      }
    }
    return most(firsts);
  }

  private static long most(Map<Long, Integer> counts) {
    long best = 0;
    int times = 0;
    for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > times) {
        times = entry.getValue();
        best = entry.getKey();
      }
    }
    return best;
  }

  /** runtime.block, which an empty select calls, lies right before selectgo; 0x7d0 to 0xabf. */
  private static boolean isBlock(long place, long select) {
    return select - place > 0x400 && select - place < 0x1000;
  }

  @Nullable String of(CountedStack stack) {
    String known = BY_TOP.get(stack.top());
    if (known != null) {
      return known.equals("sync.Mutex.Lock") ? lock(stack.frames()) : known;
    }
    if (stack.top().startsWith("syscall.") || stack.top().contains("/syscall.")) {
      return "syscall";
    }
    String shown = RuntimeFrames.state(stack.frames());
    if (shown != null) {
      return shown;
    }
    if (stack.address(0) != park) {
      return null; // running or ready to run, or we do not know better
    }
    if (stack.hidden() == 2) {
      long place = stack.address(1);
      if (place == parked) {
        return "select (no cases)";
      }
      return place == select ? "select" : isBlock(place, select) ? "select (no cases)" : null;
    }
    if (stack.hidden() != 3) {
      return null;
    }
    String entry = entries.state(stack.address(1), stack.address(2));
    return entry.equals(EITHER) ? channels.get(stack.address(1)) : entry;
  }

  /** The state of a stack that is shown with the runtime's frames; null when it runs. */
  static @Nullable String ofShown(List<Frame> frames) {
    for (Frame frame : frames.subList(0, Math.min(frames.size(), 8))) {
      String known = BY_TOP.get(frame.function());
      if (known != null) {
        return known.equals("sync.Mutex.Lock") ? lock(frames) : known;
      }
      if (frame.function().startsWith("syscall.")) {
        return "syscall";
      }
    }
    return RuntimeFrames.state(frames);
  }

  /** Before Go 1.20 an RWMutex waits as a Mutex does; the frame above tells. */
  private static String lock(List<Frame> frames) {
    for (Frame frame : frames) {
      if (frame.function().equals("sync.(*RWMutex).RLock")) {
        return "sync.RWMutex.RLock";
      } else if (frame.function().equals("sync.(*RWMutex).Lock")) {
        return "sync.RWMutex.Lock";
      }
    }
    return "sync.Mutex.Lock";
  }
}
