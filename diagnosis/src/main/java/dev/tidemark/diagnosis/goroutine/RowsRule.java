package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Each open result of a query, and each open transaction, has a goroutine that watches its context.
 * Nobody who can go on being within database/sql or a driver, they are open for good. Without a
 * context to watch they show only in those who wait for their connections.
 */
final class RowsRule implements Rule {
  private static final String RESULT = "database/sql.(*Rows).";
  private static final String ROWS = RESULT + "awaitDone";

  /** Who is within it waits for a connection of a pool. */
  static final String CONNECTION = "database/sql.(*DB).conn";

  private static final String TRANSACTION = "database/sql.(*Tx).awaitDone";
  private static final int SEVERAL = 3;
  private static final String LEFT = ": who asked for them is gone, or waits for a connection more";
  private static final String NONE_READ =
      ", while others wait for a connection of a pool and hardly any result is being read";

  @Override
  public String id() {
    return "goroutine-database-rows";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (waits(group)) {
      return waiting(group, scene);
    }
    boolean rows = group.calls(ROWS);
    if (!rows && !group.calls(TRANSACTION)) {
      return Optional.empty();
    }
    String reason =
        group.count()
            + (rows ? " query results not closed" : " transactions neither committed nor ended")
            + Count.oldest(group);
    if (group.count() > scene.wakers().atWork(group)) {
      return Optional.of(Finding.leak(id(), reason));
    }
    if (isLeftOpen(group, scene)) {
      boolean exhausted = scene.calling(CONNECTION) > 0 && scene.readers() == 0;
      boolean all = lost(group, scene) == group.members().size() && !group.members().isEmpty();
      String left = reason + (isTold(group) ? LEFT : NONE_READ);
      return Optional.of(
          rows && all && exhausted && group.count() >= SEVERAL && !scene.dump().truncated()
              ? Finding.leak(id(), left)
              : Finding.suspect(id(), left));
    }
    return group.oldest() < 1 ? Optional.empty() : Optional.of(Finding.suspect(id(), reason));
  }

  /** Who waits for a connection of a pool whose connections nobody who goes on could have. */
  private Optional<Finding> waiting(StackGroup group, Scene scene) {
    String reason =
        Count.of(group) + " waiting for a connection of a pool" + Count.oldest(group) + ": ";
    if (scene.wakers().atWork(group) == 0) {
      return Optional.of(
          Finding.suspect(id(), reason + "nobody who can go on has one to give back"));
    }
    long open =
        scene.dump().groups().stream()
            .filter(other -> other.calls(ROWS) || other.calls(TRANSACTION))
            .filter(other -> isLeftOpen(other, scene))
            .mapToLong(StackGroup::count)
            .sum();
    return open == 0
        ? Optional.empty()
        : Optional.of(
            Finding.suspect(
                id(),
                reason + open + " results or transactions are open that nobody seems to read"));
  }

  private static boolean waits(StackGroup group) {
    return group.isState("select") && group.calls(CONNECTION);
  }

  /**
   * Whether nobody is likely to end most of them. Where the dump tells who asked: that one is gone,
   * or waits for another connection. Elsewhere: others wait for connections, and few are read.
   */
  private static boolean isLeftOpen(StackGroup group, Scene scene) {
    return isTold(group)
        ? 2 * lost(group, scene) > group.members().size()
        : scene.dump().groups().stream().anyMatch(RowsRule::waits)
            && 2 * scene.readers() < group.count();
  }

  private static boolean isTold(StackGroup group) {
    return group.members().stream().anyMatch(member -> member.parent() > 0);
  }

  private static long lost(StackGroup group, Scene scene) {
    Set<Long> waiting =
        scene.dump().groups().stream()
            .filter(RowsRule::waits)
            .flatMap(other -> other.members().stream())
            .map(Member::id)
            .collect(Collectors.toSet());
    return group.members().stream()
        .filter(
            member ->
                Boolean.TRUE.equals(member.orphan())
                    || (member.parent() > 0 && waiting.contains(member.parent())))
        .count();
  }

  /**
   * How many are within a result, but for those that watch its context, or at work further down in
   * a function in which others wait for a connection: they have passed there, and hold one.
   */
  static long readers(GoroutineDump dump) {
    Map<String, List<StackGroup>> waiting = new HashMap<>();
    for (StackGroup group : dump.groups()) {
      Frame at = group.blockedAt();
      if (waits(group) && at != null) {
        waiting.computeIfAbsent(at.function(), f -> new ArrayList<>(1)).add(group);
      }
    }
    return dump.groups().stream()
        .filter(group -> !group.calls(ROWS) && !waits(group))
        .filter(
            group ->
                group.stack().stream().anyMatch(frame -> frame.function().startsWith(RESULT))
                    || (!Waits.of(group).needsSomebody() && hasPassed(group, waiting)))
        .mapToLong(StackGroup::count)
        .sum();
  }

  private static boolean hasPassed(StackGroup group, Map<String, List<StackGroup>> waiting) {
    return !waiting.isEmpty()
        && group.stack().stream()
            .flatMap(frame -> waiting.getOrDefault(frame.function(), List.of()).stream())
            .anyMatch(waiter -> Holders.hasPassed(group, waiter));
  }
}
