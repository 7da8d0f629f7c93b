package dev.tidemark.webhook.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.webhook.journal.JournalException;
import dev.tidemark.webhook.journal.JournalException.Reason;
import dev.tidemark.webhook.journal.ReceiptLog;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:10Z");
  private static final byte[] GOOD = Payloads.firing(2).getBytes(UTF_8);

  private final HandJournal journal = new HandJournal();
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private Intake intake(ReceiptLog log, IntakeConfig config) {
    IntakeMetrics metrics = new IntakeMetrics(registry);
    return new Intake(log, config, metrics, InstantSource.fixed(NOW), Runnable::run);
  }

  private double counted(String name, String value) {
    return registry.scrape().stream()
        .filter(m -> m.getMetadata().getName().equals(name))
        .flatMap(m -> ((CounterSnapshot) m).getDataPoints().stream())
        .filter(p -> value.equals(p.getLabels().get("reason")))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  @Test
  void says_200_only_after_the_write_is_durable() {
    CompletableFuture<IntakeAnswer> answer =
        intake(journal, IntakeConfig.DEFAULT).take(GOOD, "am@10.0.0.1");

    assertThat(answer).isNotDone();
    assertThat(journal.arrivals).hasSize(1);
    var arrival = journal.arrivals.get(0);
    assertThat(arrival.receivedAt()).isEqualTo(NOW);
    assertThat(arrival.from()).isEqualTo("am@10.0.0.1");
    assertThat(arrival.body()).isEqualTo(new String(GOOD, UTF_8));
    assertThat(arrival.notification().alerts()).hasSize(2);

    journal.writes.get(0).complete(HandJournal.receipt(arrival));
    assertThat(answer.join().status()).isEqualTo(200);
    assertThat(answer.join().body()).isEqualTo("{\"receipt\":\"r-1\",\"duplicateOf\":null}\n");
  }

  @ParameterizedTest
  @CsvSource({"FULL, busy", "WRITE, write", "CLOSED, stopping", "LOCKED, write"})
  void says_503_when_the_journal_refuses(Reason reason, String word) {
    CompletableFuture<IntakeAnswer> answer = intake(journal, IntakeConfig.DEFAULT).take(GOOD, "x");
    journal.writes.get(0).completeExceptionally(new JournalException(reason, "disk says no"));

    assertThat(answer.join().status()).isEqualTo(503);
    assertThat(answer.join().body()).contains("disk says no", "\"reason\":\"" + word + "\"");
    assertThat(counted("tidemark_webhook_notifications_not_stored", word)).isEqualTo(1);
  }

  @Test
  void says_503_when_the_journal_breaks_in_a_way_nobody_thought_of() {
    ReceiptLog broken =
        arrival -> {
          throw new IllegalStateException("secret detail");
        };
    IntakeAnswer answer = intake(broken, IntakeConfig.DEFAULT).take(GOOD, "x").join();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("internal").doesNotContain("secret detail");
  }

  @Test
  void says_503_when_the_write_takes_too_long_and_does_not_disturb_it() {
    IntakeConfig hasty = new IntakeConfig(1 << 20, Duration.ofMillis(5), 1 << 20);
    IntakeAnswer answer = intake(journal, hasty).take(GOOD, "x").join();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("timeout");
    assertThat(journal.writes.get(0)).as("the write itself goes on").isNotDone();
  }

  @Test
  void says_503_while_too_much_waits_and_takes_in_again_after() {
    IntakeConfig two = new IntakeConfig(1 << 20, Duration.ofMinutes(1), 2L * IntakeConfig.LEAST);
    Intake intake = intake(journal, two);
    CompletableFuture<IntakeAnswer> first = intake.take(GOOD, "x");
    CompletableFuture<IntakeAnswer> second = intake.take(GOOD, "x");
    assertThat(intake.take(GOOD, "x").join().body()).contains("busy");
    assertThat(journal.arrivals).hasSize(2);

    journal.writes.get(0).complete(HandJournal.receipt(journal.arrivals.get(0)));
    assertThat(first.join().status()).isEqualTo(200);
    assertThat(second).isNotDone();
    assertThat(intake.take(GOOD, "x")).as("has its place").isNotDone();
    assertThat(journal.arrivals).hasSize(3);
  }

  @Test
  void one_body_is_taken_however_small_the_bound() {
    IntakeConfig tiny = new IntakeConfig(1 << 20, Duration.ofMinutes(1), 1);
    assertThat(intake(journal, tiny).take(GOOD, "x")).isNotDone();
  }

  @Test
  void says_503_when_the_server_is_going_down() {
    Intake intake = intake(journal, IntakeConfig.DEFAULT);
    intake.stop();
    assertThat(intake.take(GOOD, "x").join().status()).isEqualTo(503);
    assertThat(journal.arrivals).isEmpty();
  }

  @Test
  void a_bad_body_never_reaches_the_journal_and_is_counted() {
    Intake intake = intake(journal, IntakeConfig.DEFAULT);
    IntakeAnswer answer = intake.take("{\"version\":\"3\"}".getBytes(UTF_8), "x").join();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("expected \\\"4\\\"", "\"reason\":\"version\"");
    assertThat(journal.arrivals).isEmpty();
    assertThat(counted("tidemark_webhook_notifications_refused", "version")).isEqualTo(1);
  }
}
