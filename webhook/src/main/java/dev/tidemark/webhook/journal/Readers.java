package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.journal.JournalException.Reason;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few connections that only read: in WAL mode they never wait for the writer, nor it for them.
 * Thread-safe.
 */
final class Readers implements AutoCloseable {

  /** A read. */
  interface Query<T> {
    T run(Sql sql) throws SQLException;
  }

  /** Opens one more connection. */
  interface Opening {
    Sql open() throws SQLException;
  }

  /** More readers than cores would only wait for the disk together. */
  static final int COUNT = 4;

  private static final int WAIT_SECONDS = 10;

  private volatile boolean closed;
  private final BlockingQueue<Sql> idle = new ArrayBlockingQueue<>(COUNT);

  Readers(Opening opening) throws SQLException {
    for (int i = 0; i < COUNT; i++) {
      idle.add(opening.open());
    }
  }

  <T> T read(Query<T> query) {
    @Nullable Sql sql;
    try {
      sql = closed ? null : idle.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException(Reason.CLOSED, "interrupted while waiting for the journal", e);
    }
    if (sql == null) {
      throw closed
          ? new JournalException(Reason.CLOSED, "the journal is closed")
          : new JournalException(
              Reason.FULL, "all " + COUNT + " readers were busy for " + WAIT_SECONDS + " s");
    }
    try {
      return query.run(sql);
    } catch (SQLException e) {
      throw new JournalException(
          Reason.UNREADABLE, "the journal could not be read: " + e.getMessage(), e);
    } finally {
      giveBack(sql);
    }
  }

  private void giveBack(Sql sql) {
    idle.add(sql);
    if (closed) {
      try {
        close();
      } catch (SQLException e) {
        throw new JournalException(Reason.UNREADABLE, "closing failed: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true; // who still reads closes its own connection after
    for (Sql sql = idle.poll(); sql != null; sql = idle.poll()) {
      sql.close();
    }
  }
}
