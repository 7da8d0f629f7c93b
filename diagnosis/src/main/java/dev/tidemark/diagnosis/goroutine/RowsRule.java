package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Each open result of a query, and each open transaction, has a goroutine that watches its context.
 * Nobody who can go on being within database/sql or a driver, they are open for good. Without a
 * context to watch they show only in those who wait for their connections.
 */
final class RowsRule implements Rule {
  private static final String ROWS = "database/sql.(*Rows).awaitDone";

  /** Who is within it waits for a connection of a pool. */
  static final String CONNECTION = "database/sql.(*DB).conn";

  private static final String TRANSACTION = "database/sql.(*Tx).awaitDone";

  @Override
  public String id() {
    return "goroutine-database-rows";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (group.isState("select") && group.calls(CONNECTION)) {
      return waiting(group, scene);
    }
    boolean rows = group.calls(ROWS);
    if (!rows && !group.calls(TRANSACTION)) {
      return Optional.empty();
    }
    boolean sure = group.count() > scene.wakers().atWork(group);
    if (!sure && group.oldest() < 1) {
      return Optional.empty();
    }
    String reason =
        group.count()
            + (rows ? " query results not closed" : " transactions neither committed nor ended")
            + Count.oldest(group);
    return Optional.of(sure ? Finding.leak(id(), reason) : Finding.suspect(id(), reason));
  }

  /** Who waits for a connection of a pool whose connections nobody who goes on could have. */
  private Optional<Finding> waiting(StackGroup group, Scene scene) {
    if (scene.wakers().atWork(group) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.suspect(
            id(),
            Count.of(group)
                + " waiting for a connection of a pool"
                + Count.oldest(group)
                + ": nobody who can go on has one to give back"));
  }
}
