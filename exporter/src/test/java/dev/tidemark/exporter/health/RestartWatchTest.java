package dev.tidemark.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.LeakState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartWatchTest {
  private static final String TARGET = "pod=\"a-1\"";
  private static final long LOOK = 300_000;
  private static final double OOM = 4;
  private static final double ERROR = 3;

  private RestartWatch watch = new RestartWatch();
  private RestartLedger ledger = new RestartLedger();
  private long now = 10 * LOOK;
  private List<Restart> killed = List.of();

  /** A process start at a time, in seconds. */
  private void start(double seconds) {
    long at = Math.round(seconds * 1000);
    long lived = watch.started(at);
    if (lived >= 0) {
      watch.restarted(
          new Restart(
              at,
              TARGET,
              Restart.Why.UNKNOWN,
              lived,
              List.of(
                  new Restart.LastState(
                      "heap_live", 9e8, 1e9, LeakState.CONFIRMED, 1e4, "rising"))),
          ledger);
    }
  }

  private Patient nothing() {
    return new Patient();
  }

  private Patient kubelet(double restarts) {
    return nothing().with(Ids.RESTARTS, restarts);
  }

  private Patient exit(double restarts, double why, double seconds) {
    return kubelet(restarts).with(Ids.LAST_EXIT, why).with(Ids.LAST_EXIT_TIME, seconds);
  }

  private void look(Patient facts) {
    now += LOOK;
    killed = watch.look(now, TARGET, facts, ledger);
  }

  private double seconds() {
    return now / 1000.0;
  }

  @Test
  void without_kubernetes_each_new_start_counts_at_once() {
    start(100);
    start(100.5); // the clock was adjusted
    look(nothing());
    start(5_000);
    start(5_000);
    start(9_000);
    look(nothing());
    assertThat(ledger.restarts()).isEqualTo(2);
    assertThat(ledger.oomKills()).isZero();
    assertThat(ledger.recent())
        .extracting(Restart::livedMillis)
        .containsExactly(4_900_000L, 4_000_000L);
  }

  @Test
  void a_duplicate_with_an_older_start_that_comes_and_goes_is_no_restart() {
    start(100);
    for (int i = 0; i < 5; i++) {
      start(5_000);
      start(100);
    }
    assertThat(ledger.restarts()).isEqualTo(1);
  }

  @Test
  void the_kubelets_counter_and_the_start_tell_of_one_restart() {
    start(100);
    look(kubelet(7));
    start(5_000);
    assertThat(ledger.restarts()).as("waits for the kubelet").isZero();
    look(kubelet(7));
    look(kubelet(8));
    look(kubelet(8));
    assertThat(ledger.restarts()).isEqualTo(1);
  }

  @Test
  void a_crash_loop_faster_than_the_scrapes_is_counted_by_the_kubelet() {
    look(kubelet(0));
    look(kubelet(6));
    assertThat(ledger.restarts()).isEqualTo(6);
  }

  @Test
  void what_was_counted_before_we_looked_is_history() {
    look(exit(40, OOM, 900));
    look(exit(40, OOM, 900));
    assertThat(ledger.restarts()).isZero();
    assertThat(ledger.oomKills()).isZero();
  }

  @Test
  void a_kill_is_told_by_the_last_reason_though_the_containers_own_counter_died_with_it() {
    start(100);
    look(kubelet(0).with(Ids.OOM_EVENTS, 0));
    start(seconds() + 10);
    look(exit(1, OOM, seconds() + 5).with(Ids.OOM_EVENTS, 0));
    assertThat(ledger.oomKills()).isEqualTo(1);
    assertThat(killed).hasSize(1);
    assertThat(ledger.recent()).hasSize(1);
    Restart restart = ledger.recent().get(0);
    assertThat(restart.why()).isEqualTo(Restart.Why.OOM_KILLED);
    assertThat(restart.before())
        .extracting(Restart.LastState::leakState)
        .containsExactly(LeakState.CONFIRMED);
  }

  @Test
  void the_same_kill_told_by_both_one_look_apart_counts_once() {
    look(kubelet(0).with(Ids.OOM_EVENTS, 0));
    look(kubelet(0).with(Ids.OOM_EVENTS, 1));
    look(exit(1, OOM, seconds() - 1).with(Ids.OOM_EVENTS, 1));
    assertThat(ledger.oomKills()).isEqualTo(1);
    look(exit(2, OOM, seconds() + 1).with(Ids.OOM_EVENTS, 1));
    look(exit(2, OOM, seconds() - 299).with(Ids.OOM_EVENTS, 2));
    assertThat(ledger.oomKills()).isEqualTo(2);
  }

  @Test
  void a_child_that_is_killed_in_a_container_that_lives_counts() {
    look(kubelet(0).with(Ids.OOM_EVENTS, 3));
    look(kubelet(0).with(Ids.OOM_EVENTS, 5));
    assertThat(ledger.oomKills()).isEqualTo(2);
    assertThat(ledger.restarts()).isZero();
  }

  @Test
  void the_reason_stays_for_ever_and_counts_once() {
    look(kubelet(0));
    for (int i = 0; i < 20; i++) {
      look(exit(1, OOM, 3_500));
    }
    assertThat(ledger.oomKills()).isEqualTo(1);
  }

  @Test
  void two_kube_state_metrics_of_which_one_is_behind_count_once() {
    look(exit(1, ERROR, 3_100));
    look(exit(2, OOM, seconds() + 1));
    look(exit(1, ERROR, 3_100)); // only the one that is behind answered
    look(exit(2, OOM, seconds() - 599));
    assertThat(ledger.restarts()).isEqualTo(1);
    assertThat(ledger.oomKills()).isEqualTo(1);
  }

  @Test
  void a_gap_of_kube_state_metrics_loses_no_restart_and_counts_none_twice() {
    start(100);
    look(kubelet(3));
    start(5_000);
    look(nothing());
    look(nothing());
    assertThat(ledger.restarts()).isZero();
    look(nothing());
    assertThat(ledger.restarts()).as("after patience the start counts").isEqualTo(1);
    look(kubelet(5));
    assertThat(ledger.restarts()).as("the kubelet knows of one more").isEqualTo(2);
    look(kubelet(5));
    assertThat(ledger.restarts()).isEqualTo(2);
  }

  @Test
  void a_pod_made_anew_under_its_name_is_no_restart() {
    start(100);
    look(kubelet(3));
    start(5_000);
    look(kubelet(0));
    look(kubelet(1));
    assertThat(ledger.restarts()).isEqualTo(1);
  }

  @Test
  void without_the_time_of_the_exit_the_counter_tells_that_there_was_one() {
    look(kubelet(0));
    look(kubelet(1).with(Ids.LAST_EXIT, OOM));
    look(kubelet(1).with(Ids.LAST_EXIT, OOM));
    look(kubelet(2).with(Ids.LAST_EXIT, OOM));
    assertThat(ledger.oomKills()).isEqualTo(2);
  }

  @Test
  void a_kill_told_before_the_new_process_was_seen_is_one_entry() {
    start(100);
    look(kubelet(0));
    look(exit(1, OOM, seconds() + 1));
    start(seconds() + 20);
    assertThat(ledger.recent()).hasSize(1);
    assertThat(ledger.recent().get(0).why()).isEqualTo(Restart.Why.OOM_KILLED);
    assertThat(ledger.recent().get(0).before()).isNotEmpty();
  }

  @Test
  void only_the_last_few_are_remembered() {
    for (int i = 1; i <= 20; i++) {
      start(i * 100);
    }
    assertThat(ledger.restarts()).isEqualTo(19);
    assertThat(ledger.recent()).hasSize(RestartLedger.REMEMBERED);
    assertThat(ledger.recent().get(4).atMillis()).isEqualTo(2_000_000);
  }

  @Test
  void goes_on_after_our_own_restart_as_if_nothing_had_happened() throws IOException {
    start(100);
    look(kubelet(3).with(Ids.OOM_EVENTS, 1));
    start(5_000);
    look(exit(4, OOM, seconds() + 1).with(Ids.OOM_EVENTS, 1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    watch.encode(new DataOutputStream(bytes));
    ledger.encode(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    watch = RestartWatch.decode(in);
    ledger = RestartLedger.decode(in);
    look(exit(4, OOM, seconds() - 299).with(Ids.OOM_EVENTS, 1));
    assertThat(ledger.restarts()).isEqualTo(1);
    assertThat(ledger.oomKills()).isEqualTo(1);
    assertThat(ledger.recent()).hasSize(1);
    assertThat(ledger.recent().get(0).why()).isEqualTo(Restart.Why.OOM_KILLED);
  }

  @Test
  void a_reason_of_a_later_release_is_told_as_not_known() throws IOException {
    Restart restart = new Restart(1, "pod=\"a\"", Restart.Why.OOM_KILLED, 2, List.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RestartCodec.write(restart, new DataOutputStream(out));
    byte[] later =
        out.toString(StandardCharsets.ISO_8859_1)
            .replace("OOM_KILLED", "TOO_SLOWLY")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(RestartCodec.read(new DataInputStream(new ByteArrayInputStream(later))))
        .isEqualTo(new Restart(1, "pod=\"a\"", Restart.Why.UNKNOWN, 2, List.of()));
  }
}
