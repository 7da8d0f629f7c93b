package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The journal in one SQLite file: WAL, synchronous=FULL, one writer with group commit. One process
 * at a time, held by a lock on a file beside it. Thread-safe.
 */
public final class SqliteJournal extends SqliteView implements Journal {

  /** The file's name in the storage folder. */
  public static final String FILE = "journal.db";

  private static final String LOCK = "journal.lock";

  private final FileChannel lock;
  private final Sql connection;
  private final Readers readers;
  private final Writer writer;
  private final ReceiptTable receipts;
  private final CrashHook crash;
  private final JournalMetrics metrics;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private SqliteJournal(
      FileChannel lock, Sql connection, Readers readers, ReceiptTable receipts, Watching watching) {
    super(readers);
    this.lock = lock;
    this.connection = connection;
    this.readers = readers;
    this.receipts = receipts;
    this.crash = watching.crash();
    this.metrics = watching.metrics();
    this.writer = new Writer(connection, metrics::synced);
  }

  /** Who looks on: metrics, and tests that end the process. */
  public record Watching(JournalMetrics metrics, CrashHook crash) {
    /** Nobody. */
    public static final Watching NOBODY = new Watching(JournalMetrics.none(), CrashHook.NONE);
  }

  /**
   * Opens, or makes, the journal of a storage folder.
   *
   * @param keptBody characters kept of each notification's body
   * @throws JournalException LOCKED when another process has it, UNREADABLE when the file is not
   *     ours, damaged, newer or cannot be opened; nothing is changed then
   */
  public static SqliteJournal open(Path folder, int keptBody, Watching watching) {
    Path file = folder.resolve(FILE);
    FileChannel lock = lock(folder);
    try {
      Sql connection = connect(file, false);
      try {
        Schema.open(connection, file);
        Readers readers = new Readers(() -> connect(file, true));
        return new SqliteJournal(lock, connection, readers, new ReceiptTable(keptBody), watching);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      release(lock);
      throw unreadable(file, e);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /** Opens an existing journal to read, also while a webhook writes to it. Close the result. */
  public static ClosableView view(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new JournalException(
          Reason.UNREADABLE, file + " is not there; name the webhook's --storage.path");
    }
    try {
      Readers readers = new Readers(() -> connect(file, true));
      try {
        readers.read(
            sql -> {
              Schema.check(sql, file);
              return 0;
            });
      } catch (JournalException e) {
        readers.close();
        throw e;
      }
      return new ClosableView(readers);
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /** A view with its connections. */
  public static final class ClosableView extends SqliteView implements AutoCloseable {
    private final Readers readers;

    private ClosableView(Readers readers) {
      super(readers);
      this.readers = readers;
    }

    @Override
    public void close() {
      try {
        readers.close();
      } catch (SQLException e) {
        throw new JournalException(Reason.UNREADABLE, "closing failed: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public CompletableFuture<Receipt> append(Arrival arrival) {
    CompletableFuture<Receipt> stored =
        writer.submit(
            arrival.body().length(),
            sql -> {
              Receipt receipt = receipts.append(sql, arrival);
              crash.reached(CrashPoint.RECEIPT_BEFORE_COMMIT);
              return receipt;
            });
    return stored.thenApply(
        receipt -> {
          crash.reached(CrashPoint.RECEIPT_AFTER_COMMIT);
          metrics.stored(receipt);
          changed();
          return receipt;
        });
  }

  @Override
  public CompletableFuture<Approval> answer(Approval approval) {
    return writer
        .submit(approval.comment().length(), sql -> ApprovalTable.answer(sql, approval))
        .thenApply(this::told);
  }

  @Override
  public CompletableFuture<Pause> setPause(Pause pause) {
    return writer
        .submit(pause.reason().length(), sql -> PauseTable.set(sql, pause))
        .thenApply(this::told);
  }

  @Override
  public void commit(Entry... entries) {
    await(
        writer.submit(
            0,
            sql -> {
              for (Entry entry : entries) {
                ExecutionTable.write(sql, entry);
              }
              return entries.length;
            }));
  }

  @Override
  public List<Episode> unplanned(int limit) {
    return read(
        sql ->
            sql.list(
                """
                SELECT * FROM episodes WHERE status = 'FIRING' AND outcome IS NULL
                  AND NOT EXISTS (SELECT 1 FROM executions WHERE episode = episodes.id)
                ORDER BY seq LIMIT ?""",
                Rows::episode,
                limit));
  }

  @Override
  public List<Execution> due(Instant now, int limit) {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM executions WHERE state <> 'FINISHED' AND wake_at <= ? ORDER BY wake_at LIMIT ?",
                Rows::execution,
                now,
                limit));
  }

  @Override
  public Optional<Instant> nextWake() {
    return read(
        sql ->
            sql.first(
                "SELECT wake_at FROM executions WHERE state <> 'FINISHED' AND wake_at IS NOT NULL ORDER BY wake_at LIMIT 1",
                row -> Rows.time(row, "wake_at")));
  }

  @Override
  public List<Execution> startedSince(Instant since) {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM executions WHERE started_at >= ? ORDER BY started_at",
                Rows::execution,
                since));
  }

  @Override
  public List<Execution> running() {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM executions WHERE state <> 'FINISHED' AND started_at IS NOT NULL",
                Rows::execution));
  }

  @Override
  public Optional<Approval> answer(String episode, String planHash) {
    return read(
        sql ->
            sql.first(
                "SELECT * FROM approvals WHERE episode = ? AND plan_hash = ? ORDER BY seq DESC LIMIT 1",
                Rows::approval,
                episode,
                planHash));
  }

  @Override
  public List<Episode> silentSince(Instant before, int limit) {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM episodes WHERE status = 'FIRING' AND last_firing_at < ? ORDER BY seq LIMIT ?",
                Rows::episode,
                before,
                limit));
  }

  @Override
  public boolean expire(String episode, Instant silentSince, Instant at, String reason) {
    return await(
        writer.submit(
            0,
            sql -> {
              int closed =
                  sql.update(
                      """
                      UPDATE episodes SET status = 'EXPIRED', closed_at = ?
                      WHERE id = ? AND status = 'FIRING' AND last_firing_at < ?""",
                      at,
                      episode,
                      silentSince);
              if (closed > 0) {
                EpisodeTable.settleUntouched(sql, episode, at);
                EpisodeTable.event(sql, episode, at, EpisodeEvent.Kind.EXPIRED, reason);
              }
              return closed > 0;
            }));
  }

  @Override
  public List<String> prune(Instant receiptsBefore, Instant episodesBefore) {
    return await(writer.submit(0, sql -> Pruning.run(sql, receiptsBefore, episodesBefore)));
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Bytes of all evidence: for the metrics. */
  public long evidenceBytes() {
    return read(sql -> sql.number("SELECT coalesce(sum(bytes), 0) FROM evidence"));
  }

  /** For tests that need the writer held, or the disk full. */
  <T> CompletableFuture<T> submit(Writer.Work<T> work) {
    return writer.submit(0, work);
  }

  @Override
  public void close() {
    writer.close();
    try {
      readers.close();
      connection.close();
    } catch (SQLException e) {
      throw new JournalException(
          Reason.WRITE, "the journal could not be closed: " + e.getMessage(), e);
    } finally {
      release(lock);
    }
  }

  private <T> T told(T value) {
    changed();
    return value;
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static Sql connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(5000);
    if (readOnly) {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
      config.setReadOnly(true);
    }
    return new Sql(config.createConnection("jdbc:sqlite:" + file));
  }

  private static FileChannel lock(Path folder) {
    Path file = folder.resolve(LOCK);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return channel;
        }
      } catch (OverlappingFileLockException e) {
        // this very process has it open already: refused as any other
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      channel.close();
    } catch (IOException e) {
      throw new JournalException(
          Reason.UNREADABLE, folder + " cannot be used as storage: " + e.getMessage(), e);
    }
    throw new JournalException(
        Reason.LOCKED,
        folder
            + " is in use by another webhook: one process a storage folder; stop it, or name another --storage.path");
  }

  private static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new JournalException(
          Reason.WRITE, "the journal's lock could not be released: " + e.getMessage(), e);
    }
  }

  private static JournalException unreadable(Path file, SQLException e) {
    return new JournalException(
        Reason.UNREADABLE,
        file + " cannot be opened as a journal: " + e.getMessage() + "; nothing was changed in it",
        e);
  }
}
