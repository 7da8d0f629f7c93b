package dev.tidemark.diagnosis.goroutine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who can go on without help of selects that hang in the air. A select waits for one of several
 * events, and a dump does not tell whether a timer is among them; where nobody else has to do with
 * it, nor with those who wait for it, they may all be left behind together.
 */
final class Footing {
  private static final Pattern WATCHER = Pattern.compile("context\\..*propagateCancel\\.func\\d");

  private final IdentityHashMap<StackGroup, Ties> hanging = new IdentityHashMap<>();
  private final Map<String, Set<Frame>> living = new HashMap<>();

  Footing(List<StackGroup> groups, Wakers wakers) {
    groups.stream().filter(wakers::canGoOn).forEach(this::live);
    for (StackGroup group : groups) {
      if (wakers.canGoOn(group) && (Waits.of(group).needsSomebody() || mayHang(group))) {
        hanging.put(group, wakers.ties(group));
      }
    }
    Set<StackGroup> firm =
        Liveness.spread(
            hanging,
            group -> wakers.canGoOn(group) && !hanging.containsKey(group),
            (by, group) -> Waits.of(group) == Waits.SELECT || wakers.canWake(by, group),
            Ties::suffice);
    hanging.keySet().removeAll(firm);
  }

  /** Whether nobody but selects that hang themselves has to do with a group that may go on. */
  boolean hangs(StackGroup group) {
    return hanging.containsKey(group);
  }

  /** The selects that hang and that could end a group's wait. */
  List<StackGroup> selectsBeside(StackGroup group) {
    Ties ties = hanging.get(group);
    return ties == null
        ? List.of()
        : ties.groups(other -> Waits.of(other) == Waits.SELECT && hangs(other));
  }

  /** A select of one's own code, in a package of which nothing else goes on. */
  private boolean mayHang(StackGroup group) {
    return Waits.of(group) == Waits.SELECT
        && !group.isMain()
        && !group.calls(Functions.ROUND_TRIP)
        && (isContextWatcher(group) || Lifetime.ownCode(group))
        && !isOfLivingPackage(group);
  }

  static boolean isContextWatcher(StackGroup group) {
    return group.stack().stream().anyMatch(frame -> WATCHER.matcher(frame.function()).matches());
  }

  private void live(StackGroup group) {
    Frame at = group.blockedAt();
    if (at != null) {
      group.stack().stream()
          .map(Frame::packagePath)
          .distinct()
          .map(path -> living.computeIfAbsent(path, p -> new HashSet<>(4)))
          .filter(places -> places.size() < 2)
          .forEach(places -> places.add(at));
    }
  }

  /** Whether others that can go on belong to the same package, which then has a life of its own. */
  private boolean isOfLivingPackage(StackGroup group) {
    Frame at = group.blockedAt();
    String path = at == null ? "main" : at.packagePath();
    return !path.equals("main")
        && living.getOrDefault(path, Set.of()).stream().anyMatch(place -> !place.equals(at));
  }
}
