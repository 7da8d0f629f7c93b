package dev.tidemark.webhook.journal;

import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.webhook.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteJournalTest extends JournalSuite {
  @TempDir Path folder;

  @Override
  Journal open() {
    return SqliteJournal.open(folder, 1000, SqliteJournal.Watching.NOBODY);
  }

  @Test
  void a_second_webhook_on_the_same_folder_is_refused() {
    refused(folder, Reason.LOCKED, "in use by another webhook");
    append(arrival(1, firing("f1", 0)));
    only();
  }

  @Test
  void a_view_reads_while_the_webhook_writes_and_makes_nothing() throws IOException {
    append(arrival(1, firing("f1", 0)));
    try (SqliteJournal.ClosableView view = SqliteJournal.view(folder)) {
      assertThat(view.episodes(null, 10, null).items()).hasSize(1);
      append(arrival(2, firing("f2", 0)));
      assertThat(view.episodes(null, 10, null).items()).hasSize(2);
    }
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> SqliteJournal.view(empty)).hasMessageContaining("is not there");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void a_body_is_kept_up_to_the_bound() {
    Arrival arrival = arrival(1, firing("f1", 0));
    Receipt receipt =
        append(
            new Arrival(
                arrival.receivedAt(), arrival.from(), "x".repeat(5000), arrival.notification()));
    assertThat(journal.body(receipt.id())).contains("x".repeat(1000));
  }

  @Test
  void a_file_that_is_no_database_is_refused_and_left_as_it_is() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path file = other.resolve(SqliteJournal.FILE);
    byte[] text =
        "this is no database at all, really\n".repeat(300).getBytes(StandardCharsets.UTF_8);
    Files.write(file, text);
    refused(other, Reason.UNREADABLE, "not a database");
    assertThat(Files.readAllBytes(file)).isEqualTo(text);
  }

  @Test
  void another_programs_database_is_refused_and_left_as_it_is() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path file = other.resolve(SqliteJournal.FILE);
    run(file, "CREATE TABLE theirs(x)");
    byte[] before = Files.readAllBytes(file);
    refused(other, Reason.UNREADABLE, "another program");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void a_newer_releases_journal_is_refused() throws Exception {
    append(arrival(1, firing("f1", 0)));
    journal.close();
    run(folder.resolve(SqliteJournal.FILE), "PRAGMA user_version = 99");
    refused(folder, Reason.UNREADABLE, "written by a newer release (schema 99");
    run(folder.resolve(SqliteJournal.FILE), "PRAGMA user_version = " + Schema.VERSION);
    journal = open();
    only();
  }

  @Test
  void a_damaged_journal_is_refused_and_left_as_it_is() throws IOException {
    for (int i = 0; i < 200; i++) {
      append(arrival(i, firing("f" + i, 0)));
    }
    journal.close();
    Path file = folder.resolve(SqliteJournal.FILE);
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    for (int i = 4096; i < bad.length; i++) {
      bad[i] = (byte) (i % 7);
    }
    Files.write(file, bad);
    refused(folder, Reason.UNREADABLE, "nothing was changed");
    assertThat(Files.readAllBytes(file)).isEqualTo(bad);
    Files.write(file, good);
    journal = open();
  }

  @Test
  void a_journal_that_lost_its_tail_is_refused() throws IOException {
    for (int i = 0; i < 200; i++) {
      append(arrival(i, firing("f" + i, 0)));
    }
    journal.close();
    Path file = folder.resolve(SqliteJournal.FILE);
    byte[] good = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(good, good.length / 2));
    refused(folder, Reason.UNREADABLE, "nothing was changed");
    Files.write(file, good);
    journal = open();
  }

  @Test
  void what_a_full_disk_refuses_is_answered_with_an_error_and_works_again_with_room()
      throws Exception {
    append(arrival(1, firing("f1", 0)));
    SqliteJournal sqlite = (SqliteJournal) journal;
    sqlite.submit(sql -> sql.number("PRAGMA max_page_count = 60")).join();
    int refused = 0;
    for (int i = 0; i < 400 && refused == 0; i++) {
      CompletableFuture<Receipt> future = journal.append(arrival(2, firing("g" + i, 0)));
      try {
        future.join();
      } catch (java.util.concurrent.CompletionException e) {
        fails(future, Reason.WRITE);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
    long episodes = journal.counts().episodesFiring();
    assertThat(journal.counts().receipts()).isEqualTo(episodes);
    sqlite.submit(sql -> sql.number("PRAGMA max_page_count = 100000")).join();
    append(arrival(3, firing("h", 0)));
    assertThat(journal.counts().episodesFiring()).isEqualTo(episodes + 1);
  }

  @Test
  void a_full_queue_turns_callers_away_at_once_and_stores_nothing_of_theirs() throws Exception {
    SqliteJournal sqlite = (SqliteJournal) journal;
    java.util.concurrent.CountDownLatch hold = new java.util.concurrent.CountDownLatch(1);
    CompletableFuture<Integer> held =
        sqlite.submit(
            sql -> {
              try {
                hold.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return 1;
            });
    List<CompletableFuture<Receipt>> futures = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      futures.add(journal.append(arrival(1, firing("f" + i, 0))));
    }
    long turnedAway = futures.stream().filter(CompletableFuture::isCompletedExceptionally).count();
    assertThat(turnedAway).isBetween(1000L, 2000L);
    hold.countDown();
    held.join();
    fails(futures.get(5999), Reason.FULL);
    futures.forEach(future -> future.handle((receipt, problem) -> 0).join());
    assertThat(journal.counts().receipts()).isEqualTo(6000 - turnedAway);
  }

  @Test
  void after_closing_everything_is_refused() {
    journal.close();
    fails(journal.append(arrival(1, firing("f1", 0))), Reason.CLOSED);
    journal = open();
  }

  private static void refused(Path folder, Reason reason, String words) {
    assertThatThrownBy(() -> SqliteJournal.open(folder, 1000, SqliteJournal.Watching.NOBODY))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void run(Path file, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
