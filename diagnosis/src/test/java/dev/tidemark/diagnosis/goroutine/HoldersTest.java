package dev.tidemark.diagnosis.goroutine;

import static dev.tidemark.diagnosis.goroutine.Stacks.LOCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks whose holder is told by where it stands, in a service where others live on. */
class HoldersTest {
  private static final String OTHER_LOCK = "sync.(*Mutex).lockSlow(0xc000090008)";

  /** Another method of the type, asleep; its arguments are not told. */
  private static final String AUDIT =
      goroutine(40, "sleep", 1, "main.(*auth).audit(...):63")
          + goroutine(9, "IO wait", 1, "internal/poll.(*FD).Accept():1")
          + Stacks.main("sleep", "main.main():90");

  private static String goroutine(long id, String state, long parent, String... calls) {
    String by = parent == 1 ? "main.main" : "net/http.(*Server).Serve";
    return Stacks.goroutine(id, state, by, parent, calls);
  }

  /** Those at the door of a function whose lock is held. */
  private static String waiting(int count, String state) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(goroutine(50 + i, state, 9, LOCK, "main.(*auth).login(0xc000010000):47"));
    }
    return all.toString();
  }

  private static String within(String state, String call) {
    return goroutine(30, state, 9, call + ":51");
  }

  private static List<String> verdicts(String dump) throws Exception {
    return GoroutineAnalysis.report("x", Dumps.read(dump)).groups().stream()
        .filter(group -> group.blockedAt() != null)
        .filter(group -> !"sleep".equals(group.state()) && !"IO wait".equals(group.state()))
        .map(group -> group.state() + " " + group.verdict() + " " + group.finding())
        .sorted()
        .toList();
  }

  @Test
  void waiters_for_who_waits_itself_are_suspect_and_so_is_it() throws Exception {
    String dump =
        waiting(6, "sync.Mutex.Lock")
            + within("chan send", "main.(*auth).login(0xc000010000)")
            + AUDIT;
    assertThat(verdicts(dump))
        .containsExactly(
            "chan send SUSPECT goroutine-blocked-lock",
            "sync.Mutex.Lock SUSPECT goroutine-blocked-lock");
  }

  @Test
  void who_waits_for_the_same_lock_elsewhere_is_suspect_with_them() throws Exception {
    String keeper =
        goroutine(20, "sync.Mutex.Lock", 1, LOCK, "main.(*auth).forget(0x1?):56", "main.run():5");
    String dump =
        waiting(1, "sync.Mutex.Lock")
            + within("chan send", "main.(*auth).login(0xc000010000)")
            + AUDIT;
    assertThat(verdicts(dump + keeper))
        .containsExactly(
            "chan send SUSPECT goroutine-blocked-lock",
            "sync.Mutex.Lock SUSPECT goroutine-blocked-lock",
            "sync.Mutex.Lock SUSPECT goroutine-blocked-lock");
    assertThat(verdicts(dump + keeper.replace(LOCK, OTHER_LOCK)))
        .containsExactly(
            "chan send SUSPECT goroutine-blocked-lock",
            "sync.Mutex.Lock NORMAL goroutine-normal",
            "sync.Mutex.Lock SUSPECT goroutine-blocked-lock");
  }

  @Test
  void a_holder_at_work_is_contention_for_a_minute() throws Exception {
    String holder = within("IO wait", "main.(*auth).login(0xc000010000)");
    assertThat(verdicts(waiting(6, "sync.Mutex.Lock") + holder + AUDIT))
        .contains("sync.Mutex.Lock NORMAL goroutine-blocked-lock");
    assertThat(verdicts(waiting(6, "sync.Mutex.Lock, 125 minutes") + holder + AUDIT))
        .contains("sync.Mutex.Lock SUSPECT goroutine-blocked-lock");
  }

  @Test
  void a_holder_whom_somebody_at_work_on_its_object_answers_is_contention_for_a_minute()
      throws Exception {
    String answers = goroutine(41, "sleep", 1, "main.(*auth).answer(0xc000010000):70") + AUDIT;
    String holder = "main.(*auth).login(0xc000010000)";
    assertThat(verdicts(waiting(6, "sync.Mutex.Lock") + within("chan receive", holder) + answers))
        .containsExactly(
            "chan receive NORMAL goroutine-normal", "sync.Mutex.Lock NORMAL goroutine-normal");
    assertThat(
            verdicts(
                waiting(6, "sync.Mutex.Lock")
                    + within("chan receive, 2 minutes", holder)
                    + answers))
        .contains(
            "chan receive SUSPECT goroutine-blocked-lock",
            "sync.Mutex.Lock SUSPECT goroutine-blocked-lock");
  }

  @Test
  void who_stands_in_the_same_function_of_another_object_holds_nothing() throws Exception {
    assertThat(
            verdicts(
                waiting(6, "sync.Mutex.Lock")
                    + within("chan send", "main.(*auth).login(0xc000090000)")
                    + AUDIT))
        .containsExactly(
            "chan send NORMAL goroutine-normal", "sync.Mutex.Lock NORMAL goroutine-normal");
  }

  @Test
  void who_stands_above_the_lock_or_waits_for_a_condition_holds_nothing() throws Exception {
    String above = goroutine(30, "chan send", 9, "main.(*auth).login(0xc000010000):40");
    String condition = within("sync.Cond.Wait", "main.(*auth).login(0xc000010000)");
    assertThat(verdicts(waiting(2, "sync.Mutex.Lock") + above + condition + AUDIT))
        .noneMatch(verdict -> verdict.endsWith("SUSPECT goroutine-blocked-lock"));
  }

  @Test
  void several_waiters_for_who_sends_in_another_method_of_the_object_are_suspect()
      throws Exception {
    String flush = goroutine(30, "chan send", 1, "main.(*auth).flush(0xc000010000):80");
    assertThat(verdicts(waiting(3, "sync.Mutex.Lock") + flush + AUDIT))
        .containsExactly(
            "chan send SUSPECT goroutine-blocked-lock",
            "sync.Mutex.Lock SUSPECT goroutine-blocked-lock");
    assertThat(verdicts(waiting(2, "sync.Mutex.Lock") + flush + AUDIT))
        .contains("sync.Mutex.Lock NORMAL goroutine-normal");
    String worker = flush.replace("chan send", "chan receive");
    assertThat(verdicts(waiting(3, "sync.Mutex.Lock") + worker + AUDIT))
        .as("an idle worker holds nothing")
        .contains("sync.Mutex.Lock NORMAL goroutine-normal");
  }

  @Test
  void a_chain_of_locks_ends_at_who_waits_for_somebody() throws Exception {
    String second =
        goroutine(
            31,
            "sync.Mutex.Lock",
            9,
            OTHER_LOCK,
            "main.(*store).write(0xc000090000):12",
            "main.(*auth).login(0xc000010000):49");
    String sends = goroutine(32, "chan send", 9, "main.(*store).write(0xc000090000):15");
    String asleep = goroutine(42, "sleep", 1, "main.(*store).count(...):90");
    assertThat(verdicts(waiting(2, "sync.Mutex.Lock") + second + sends + AUDIT + asleep))
        .containsExactly(
            "chan send SUSPECT goroutine-blocked-lock",
            "sync.Mutex.Lock SUSPECT goroutine-blocked-lock",
            "sync.Mutex.Lock SUSPECT goroutine-blocked-lock");
    String works = sends.replace("chan send", "IO wait");
    assertThat(verdicts(waiting(2, "sync.Mutex.Lock") + second + works + AUDIT + asleep))
        .noneMatch(verdict -> verdict.contains("SUSPECT"));
  }

  @Test
  void counts_tell_the_same_by_places_alone() throws Exception {
    String dump =
        """
        goroutine profile: total 8
        6 @ 0x4755ae 0x4549bd 0x454994 0x4768c5 0x48e95d 0x6964d4 0x47cf01
        #\t0x4768c4\tinternal/sync.runtime_SemacquireMutex+0x24\t/go/src/runtime/sema.go:95
        #\t0x48e95c\tinternal/sync.(*Mutex).lockSlow+0x15c\t/go/src/internal/sync/mutex.go:149
        #\t0x6964d3\tmain.(*auth).login+0x133\t/src/app/a.go:47

        1 @ 0x4755ae 0x40e205 0x40de57 0x6965bc 0x47cf01
        #\t0x6965bb\tmain.(*auth).login+0x21b\t/src/app/a.go:51

        1 @ 0x4755ae 0x479225 0x696c85 0x47cf01
        #\t0x479224\ttime.Sleep+0x164\t/go/src/runtime/time.go:338
        #\t0x696c84\tmain.(*auth).audit+0x44\t/src/app/a.go:63
        """;
    assertThat(verdicts(dump))
        .filteredOn(verdict -> verdict.contains("SUSPECT"))
        .allMatch(verdict -> verdict.endsWith("goroutine-blocked-lock"))
        .hasSize(2);
  }

  @Test
  void who_was_only_started_beside_others_is_not_held_up_by_them() throws Exception {
    String waiter =
        goroutine(50, "sync.Mutex.Lock", 7, LOCK, "main.(*auth).login(0xc000010000):47");
    String sibling = goroutine(51, "IO wait", 7, "main.copy(0xc000070000):9");
    String starter = goroutine(7, "IO wait", 1, "main.start(0xc000080000):2");
    String dump = (waiter + sibling).replace("net/http.(*Server).Serve", "main.start") + starter;
    assertThat(verdicts(dump)).contains("sync.Mutex.Lock SUSPECT goroutine-blocked-lock");
    assertThat(verdicts(dump.replace("main.copy(0xc000070000)", "main.copy(0xc000010000)")))
        .contains("sync.Mutex.Lock NORMAL goroutine-normal");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void a_longer_chain_ends_there_too_in_whatever_order_it_is_listed(int step) throws Exception {
    StringBuilder dump = new StringBuilder(AUDIT);
    for (int i = 1; i <= 8; i++) {
      int held = 50 + step * i;
      int wanted = held + step;
      String holds = "main.(*t%d).get(0xc0000%d000)".formatted(held, held);
      String wants = "main.(*t%d).get(0xc0000%d000)".formatted(wanted, wanted);
      String lock = "sync.(*Mutex).lockSlow(0xc0000%d000)".formatted(wanted);
      dump.append(goroutine(held, "sync.Mutex.Lock", 9, lock, wants + ":5", holds + ":9"));
      dump.append(goroutine(100 + i, "sleep", 1, "main.(*t" + wanted + ").count(...):3"));
      if (i == 8) {
        dump.append(goroutine(200, "chan send", 9, wants + ":9"));
      }
    }
    assertThat(verdicts(dump.toString()))
        .hasSize(9)
        .allMatch(verdict -> verdict.endsWith("SUSPECT goroutine-blocked-lock"));
  }
}
