package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Locks taken in opposite order, in a service where others of the same type live on. */
class LockCyclesTest {
  /** Pays interest on other accounts of the same bank. */
  private static final String AT_WORK =
      """
      goroutine 5 [sleep]:
      time.Sleep(0x1)
      \t/go/src/time/sleep.go:1 +0x1
      main.(*bank).interest(0xc000046150)
      \t/src/bank.go:40 +0x1
      created by main.main in goroutine 1
      \t/src/bank.go:60 +0x1

      """;

  /** A request that moves money from one account to another, both locked by their address. */
  private static String transfer(long id, int line, long from, long to) {
    return """
        goroutine %d [sync.Mutex.Lock]:
        sync.(*Mutex).lockSlow(0xc0000%x)
        \t/go/src/sync/mutex.go:1 +0x1
        main.(*bank).transfer(0xc0000000e0?, 0xc0000%x, 0xc0000%x, 0x1)
        \t/src/bank.go:%d +0x1
        main.(*bank).handle(0xc000046150)
        \t/src/bank.go:30 +0x1
        created by net/http.(*Server).Serve in goroutine 8
        \t/go/src/net/http/server.go:1 +0x1

        """
        .formatted(id, line == FIRST ? from : to, from, to, line);
  }

  private static final int FIRST = 18;
  private static final int SECOND = 21;
  private static final long A = 0x62400;
  private static final long B = 0x62480;
  private static final long C = 0x62500;

  private static List<String> verdicts(String dump) throws Exception {
    return GoroutineAnalysis.report("x", Dumps.read(dump + AT_WORK)).groups().stream()
        .filter(group -> "sync.Mutex.Lock".equals(group.state()))
        .map(group -> Objects.requireNonNull(group.blockedAt()).line() + " " + group.verdict())
        .sorted()
        .toList();
  }

  @Test
  void two_that_wait_for_one_another_are_suspect_and_so_is_who_waits_for_them() throws Exception {
    assertThat(verdicts(transfer(20, SECOND, A, B) + transfer(21, SECOND, B, A)))
        .containsExactly("21 SUSPECT");
    assertThat(
            verdicts(
                transfer(20, SECOND, A, B)
                    + transfer(21, SECOND, B, A)
                    + transfer(22, FIRST, A, C)))
        .containsExactly("18 SUSPECT", "21 SUSPECT");
  }

  @Test
  void three_in_a_circle_are_suspect() throws Exception {
    assertThat(
            verdicts(
                transfer(20, SECOND, A, B)
                    + transfer(21, SECOND, B, C)
                    + transfer(22, SECOND, C, A)))
        .containsExactly("21 SUSPECT");
  }

  @Test
  void a_queue_for_locks_taken_in_one_order_is_not() throws Exception {
    assertThat(verdicts(transfer(20, SECOND, A, B) + transfer(21, SECOND, B, C)))
        .containsExactly("21 NORMAL");
    assertThat(verdicts(transfer(20, SECOND, A, B) + transfer(21, FIRST, B, A)))
        .as("who stands at the first lock holds none")
        .containsExactly("18 NORMAL", "21 NORMAL");
  }

  @Test
  void counts_tell_it_by_places_where_several_wait_at_the_second() throws Exception {
    String place =
        """
        %d @ 0x4755ae 0x4549bd 0x454994 0x4768c5 0x48e95d 0x6964%2$d 0x47cf01
        #\t0x4768c4\tinternal/sync.runtime_SemacquireMutex+0x24\t/go/src/runtime/sema.go:95
        #\t0x48e95c\tinternal/sync.(*Mutex).lockSlow+0x15c\t/go/src/internal/sync/mutex.go:149
        #\t0x6964%2$d\tmain.(*bank).transfer+0x133\t/src/bank.go:%2$d

        """;
    String dump =
        "goroutine profile: total 9\n"
            + place.formatted(6, FIRST)
            + place.formatted(2, SECOND)
            + """
            1 @ 0x4755ae 0x479225 0x696c85 0x47cf01
            #\t0x479224\ttime.Sleep+0x164\t/go/src/runtime/time.go:338
            #\t0x696c84\tmain.(*bank).interest+0x44\t/src/bank.go:40
            """;
    assertThat(GoroutineAnalysis.report("x", Dumps.read(dump)).groups())
        .filteredOn(group -> group.count() > 1)
        .extracting(group -> group.verdict().text())
        .containsExactly("suspect", "suspect");
  }
}
