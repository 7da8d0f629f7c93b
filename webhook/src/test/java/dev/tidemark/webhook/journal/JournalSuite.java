package dev.tidemark.webhook.journal;

import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.at;
import static dev.tidemark.webhook.journal.Sent.firing;
import static dev.tidemark.webhook.journal.Sent.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.webhook.journal.JournalException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal does, whatever it is stored in. */
abstract class JournalSuite {
  Journal journal;

  /** Opens the journal; a second call in one test opens what the first left. */
  abstract Journal open();

  @BeforeEach
  void start() {
    journal = open();
  }

  @AfterEach
  void stop() {
    journal.close();
  }

  void restart() {
    journal.close();
    journal = open();
  }

  Receipt append(Arrival arrival) {
    return journal.append(arrival).join();
  }

  Episode only() {
    List<Episode> all = journal.episodes(null, 10, null).items();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void a_firing_opens_an_episode_and_both_are_there_after_a_restart() {
    Receipt receipt = append(arrival(1, firing("f1", 0, "pod", "žluť \"q\"")));
    restart();
    Episode episode = only();
    assertThat(episode.status()).isEqualTo(EpisodeStatus.FIRING);
    assertThat(episode.startsAt()).isEqualTo(at(0));
    assertThat(episode.openedAt()).isEqualTo(at(1));
    assertThat(episode.labels()).containsEntry("pod", "žluť \"q\"");
    assertThat(episode.outcome()).isNull();
    Receipt stored = journal.receipts(10, null).items().get(0);
    assertThat(stored).isEqualTo(receipt);
    assertThat(stored.alerts().get(0).episode()).isEqualTo(episode.id());
    assertThat(journal.body(receipt.id())).contains("{\"n\":1.0}");
  }

  @Test
  void the_same_notification_again_is_a_duplicate_and_changes_nothing() {
    Receipt first = append(arrival(1, firing("f1", 0)));
    Receipt retry = append(arrival(2, firing("f1", 0)));
    Receipt peer = append(arrival(17, firing("f1", 0.2)));
    assertThat(List.of(retry, peer)).extracting(Receipt::duplicateOf).containsOnly(first.id());
    assertThat(journal.body(retry.id())).isEmpty();
    assertThat(only().lastFiringAt()).isEqualTo(at(17));
  }

  @Test
  void the_same_notification_after_ten_minutes_is_a_repeat_and_no_duplicate() {
    append(arrival(1, firing("f1", 0)));
    assertThat(append(arrival(602, firing("f1", 0))).duplicateOf()).isNull();
    only();
  }

  @Test
  void what_reopens_an_episode_is_no_duplicate_though_the_words_are_the_same() {
    append(arrival(1, firing("f1", 0)));
    append(arrival(20, resolved("f1", 0, 19)));
    Receipt again = append(arrival(30, firing("f1", 25)));
    assertThat(again.duplicateOf()).isNull();
    assertThat(journal.episodes(null, 10, null).items()).hasSize(2);
  }

  @Test
  void a_resolve_closes_and_a_later_start_is_a_new_episode() {
    append(arrival(1, firing("f1", 0)));
    append(arrival(20, resolved("f1", 0, 19)));
    Episode closed = only();
    assertThat(closed.status()).isEqualTo(EpisodeStatus.RESOLVED);
    assertThat(closed.closedAt()).isEqualTo(at(20));
    assertThat(closed.outcome()).isEqualTo(Outcome.RESOLVED);
    append(arrival(40, firing("f1", 30)));
    assertThat(journal.episodes(EpisodeStatus.FIRING, 10, null).items()).hasSize(1);
    assertThat(journal.episodes(null, 10, null).items()).hasSize(2);
  }

  @Test
  void a_stale_firing_after_the_resolve_reopens_its_own_episode_as_late() {
    append(arrival(1, firing("f1", 0)));
    append(arrival(20, resolved("f1", 0, 19)));
    append(arrival(25, firing("f1", 0)));
    Episode episode = only();
    assertThat(episode.status()).isEqualTo(EpisodeStatus.FIRING);
    assertThat(episode.late()).isTrue();
    assertThat(episode.outcome()).isNull();
    append(arrival(35, resolved("f1", 0, 19)));
    assertThat(only().status()).isEqualTo(EpisodeStatus.RESOLVED);
  }

  @Test
  void a_resolve_that_overtakes_its_firing_leaves_an_episode_that_needs_confirming() {
    Receipt first = append(arrival(20, resolved("f1", 0, 19)));
    assertThat(first.alerts().get(0).episode()).isNull();
    assertThat(journal.episodes(null, 10, null).items()).isEmpty();
    append(arrival(21, firing("f1", 0)));
    assertThat(only().late()).isTrue();
  }

  @Test
  void a_late_resolve_of_an_earlier_life_does_not_end_the_present_one() {
    append(arrival(1, firing("f1", 0)));
    append(arrival(31, firing("f1", 30)));
    append(arrival(32, resolved("f1", 0, 19)));
    Episode episode = only();
    assertThat(episode.status()).isEqualTo(EpisodeStatus.FIRING);
    assertThat(episode.startsAt()).isEqualTo(at(0));
    assertThat(journal.events(episode.id()))
        .extracting(EpisodeEvent::kind)
        .containsExactly(EpisodeEvent.Kind.OPENED, EpisodeEvent.Kind.LATE_RESOLVE);
    append(arrival(50, resolved("f1", 30, 49)));
    assertThat(only().status()).isEqualTo(EpisodeStatus.RESOLVED);
  }

  @Test
  void clusters_do_not_share_episodes() {
    append(arrival(1, firing("f1", 0, "cluster", "a")));
    append(arrival(2, firing("f1", 0, "cluster", "b")));
    append(arrival(20, resolved("f1", 0, 19, "cluster", "b")));
    assertThat(journal.episodes(EpisodeStatus.FIRING, 10, null).items())
        .extracting(Episode::cluster)
        .containsExactly("a");
  }

  @Test
  void a_mixed_group_counts_each_alert_by_its_own_status() {
    append(arrival(1, firing("f1", 0), firing("f2", 0)));
    append(arrival(20, firing("f1", 0), resolved("f2", 0, 15)));
    assertThat(journal.episodes(EpisodeStatus.RESOLVED, 10, null).items())
        .extracting(e -> e.fingerprint().text())
        .containsExactly("f2");
    assertThat(journal.episodes(EpisodeStatus.FIRING, 10, null).items()).hasSize(1);
  }

  @Test
  void lists_come_newest_first_and_in_parts() {
    for (int i = 0; i < 25; i++) {
      append(arrival(i, firing("f" + i, i)));
    }
    Set<String> seen = new HashSet<>();
    List<Integer> sizes = new ArrayList<>();
    @Nullable String next = null;
    do {
      Slice<Episode> slice = journal.episodes(null, 10, next);
      slice.items().forEach(episode -> assertThat(seen.add(episode.id())).isTrue());
      sizes.add(slice.items().size());
      next = slice.next();
    } while (next != null);
    assertThat(sizes).containsExactly(10, 10, 5);
    assertThat(journal.receipts(1, null).items().get(0).receivedAt()).isEqualTo(at(24));
    assertThatThrownBy(() -> journal.receipts(10, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> journal.receipts(0, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> journal.receipts(1001, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void many_callers_at_once_are_all_stored_once() {
    List<CompletableFuture<Receipt>> futures = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      futures.add(journal.append(arrival(i / 100.0, firing("f" + i, 0))));
    }
    Set<String> ids = new HashSet<>();
    futures.forEach(future -> ids.add(future.join().id()));
    assertThat(ids).hasSize(2000);
    assertThat(journal.counts().receipts()).isEqualTo(2000);
    assertThat(journal.counts().episodesFiring()).isEqualTo(2000);
  }

  @Test
  void a_request_that_fails_leaves_its_neighbours_alone() {
    Execution execution = Executions.planned("x", append(arrival(1, firing("f1", 0))));
    journal.commit(execution);
    journal.commit(Executions.finished(execution));
    CompletableFuture<Receipt> before = journal.append(arrival(2, firing("f2", 0)));
    assertThatThrownBy(() -> journal.commit(execution)).isInstanceOf(IllegalStateException.class);
    CompletableFuture<Receipt> after = journal.append(arrival(3, firing("f3", 0)));
    assertThat(before.join().id()).isNotEmpty();
    assertThat(after.join().id()).isNotEmpty();
  }

  @Test
  void a_commit_is_all_or_nothing() {
    Receipt receipt = append(arrival(1, firing("f1", 0)));
    Execution execution = Executions.planned("x", receipt);
    journal.commit(execution);
    journal.commit(Executions.finished(execution));
    String episode = execution.episode();
    Decision decision =
        new Decision(episode, at(2), "mode", Decision.Verdict.RUN, "mode is auto", null);
    assertThatThrownBy(() -> journal.commit(decision, execution))
        .isInstanceOf(IllegalStateException.class);
    assertThat(journal.decisions(episode)).isEmpty();
    journal.commit(decision, decision);
    assertThat(journal.decisions(episode)).containsExactly(decision);
  }

  @Test
  void an_execution_is_due_at_its_time_and_at_once_when_its_alert_resolves() {
    Execution execution = Executions.planned("x", append(arrival(1, firing("f1", 0))));
    assertThat(journal.unplanned(10)).hasSize(1);
    journal.commit(execution);
    assertThat(journal.unplanned(10)).isEmpty();
    assertThat(journal.due(at(99), 10)).isEmpty();
    assertThat(journal.nextWake()).contains(at(100));
    append(arrival(20, resolved("f1", 0, 19)));
    assertThat(journal.due(at(20), 10)).extracting(Execution::id).containsExactly("x");
    assertThat(only().outcome()).isNull();
  }

  @Test
  void an_answer_must_fit_what_waits() {
    Receipt receipt = append(arrival(1, firing("f1", 0)));
    Execution execution = Executions.planned("x", receipt);
    Approval approval = new Approval(execution.episode(), at(5), "ann", true, "hash", "go");
    fails(journal.answer(approval), Reason.NOT_WAITING);
    journal.commit(Executions.in(execution, ExecutionState.WAITING_APPROVAL));
    fails(
        journal.answer(new Approval(execution.episode(), at(5), "ann", true, "old", "")),
        Reason.PLAN_CHANGED);
    fails(journal.answer(new Approval("none-1", at(5), "ann", true, "hash", "")), Reason.NOT_FOUND);
    journal.answer(approval).join();
    assertThat(journal.answer(execution.episode(), "hash")).contains(approval);
    assertThat(journal.due(at(5), 10)).hasSize(1);
  }

  @Test
  void pause_is_remembered_and_the_same_again_changes_nothing() {
    assertThat(journal.pause().paused()).isFalse();
    Pause pause = new Pause(true, at(1), "ann", "upgrade");
    journal.setPause(pause).join();
    assertThat(journal.setPause(new Pause(true, at(9), "bob", "")).join()).isEqualTo(pause);
    restart();
    assertThat(journal.pause()).isEqualTo(pause);
    journal.setPause(new Pause(false, at(10), "bob", "")).join();
    assertThat(journal.pause().paused()).isFalse();
  }

  @Test
  void an_episode_expires_only_while_nothing_is_heard_of_it() {
    append(arrival(1, firing("f1", 0)));
    String id = only().id();
    assertThat(journal.silentSince(at(100), 10)).hasSize(1);
    append(arrival(120, firing("f1", 0)));
    assertThat(journal.expire(id, at(100), at(130), "silent")).isFalse();
    assertThat(journal.expire(id, at(125), at(130), "silent")).isTrue();
    assertThat(only().status()).isEqualTo(EpisodeStatus.EXPIRED);
    append(arrival(140, firing("f1", 0)));
    assertThat(only().status()).isEqualTo(EpisodeStatus.FIRING);
    assertThat(only().late()).isFalse();
  }

  @Test
  void pruning_spares_what_fires_and_what_is_unfinished() {
    append(arrival(1, firing("f1", 0)));
    append(arrival(2, firing("f2", 0)));
    append(arrival(3, resolved("f2", 0, 2)));
    append(arrival(4, firing("f3", 0)));
    Execution execution = Executions.planned("x", journal.receipts(1, null).items().get(0));
    journal.commit(execution);
    append(arrival(5, resolved("f3", 0, 4)));
    List<String> gone = journal.prune(at(3), at(50));
    assertThat(gone).hasSize(1).allMatch(id -> id.startsWith("f2-"));
    assertThat(journal.episodes(null, 10, null).items()).hasSize(2);
    assertThat(journal.receipts(10, null).items()).hasSize(3);
    journal.commit(Executions.finished(execution));
    assertThat(journal.prune(at(3), at(50))).hasSize(1);
    assertThat(journal.execution(execution.episode())).isEmpty();
  }

  @Test
  void steps_evidence_and_findings_are_kept_and_a_repeat_replaces() {
    Receipt receipt = append(arrival(1, firing("f1", 0)));
    Execution execution = Executions.planned("x", receipt);
    String episode = execution.episode();
    StepRecord intent =
        new StepRecord(
            "x-steps-0",
            episode,
            StepPhase.STEPS,
            0,
            "pprof",
            StepState.INTENDED,
            at(2),
            "capture heap",
            null,
            "",
            1);
    Evidence file = new Evidence(episode, "x-steps-0", "heap.pb.gz", "a/b", 5, "ab", at(3));
    Finding finding =
        new Finding(
            episode,
            "x-steps-1",
            at(4),
            "g.txt",
            "leak",
            "main.f",
            "f.go",
            41,
            "why",
            "text",
            "{}");
    journal.commit(execution, intent);
    journal.commit(file, file, finding, finding);
    restart();
    assertThat(journal.steps(episode)).containsExactly(intent);
    assertThat(journal.evidence(episode)).containsExactly(file);
    assertThat(journal.findings(episode)).containsExactly(finding);
    assertThat(journal.execution(episode)).contains(execution);
  }

  static void fails(CompletableFuture<?> future, Reason reason) {
    assertThatThrownBy(future::join)
        .cause()
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
