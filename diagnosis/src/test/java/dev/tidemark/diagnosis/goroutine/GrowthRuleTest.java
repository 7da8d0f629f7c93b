package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Of few goroutines, who joined and who went on since the baseline. */
class GrowthRuleTest {
  /** Requests that wait for a place in a queue, beside a consumer at work. */
  private static GoroutineDump senders(String state, long... ids) throws Exception {
    return Dumps.read(
        LongStream.of(ids)
            .mapToObj(
                id ->
                    """
                    goroutine %d [%s]:
                    main.(*queue).push(0xc000010000)
                    \t/src/queue.go:31 +0x1d
                    created by main.serve in goroutine 7
                    \t/src/main.go:20 +0x2e
                    """
                        .formatted(id, state))
            .collect(
                Collectors.joining(
                    "\n",
                    """
                    goroutine 7 [running]:
                    main.(*queue).drain(0xc000010000)
                    \t/src/queue.go:50 +0x1d
                    created by main.main in goroutine 1
                    \t/src/main.go:10 +0x2e

                    """,
                    "\n")));
  }

  private static GoroutineReport.Group judged(GoroutineDump now, GoroutineDump... before) {
    return GoroutineAnalysis.report("x", now, List.of(before)).groups().stream()
        .filter(group -> group.count() > 1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_queue_that_others_join_and_nobody_leaves_is_suspect() throws Exception {
    GoroutineDump before = senders("chan send", 20, 31, 40);
    GoroutineReport.Group stuck = judged(senders("chan send", 20, 31, 40, 52, 60, 61), before);
    assertThat(stuck.verdict()).isEqualTo(Verdict.SUSPECT);
    assertThat(stuck.finding()).isEqualTo("goroutine-growth");
    assertThat(stuck.reason())
        .isEqualTo("6 goroutines, up from 3 in the baseline: none of those has gone on since");

    assertThat(judged(senders("chan send", 31, 40, 52, 60, 61, 70), before).verdict())
        .as("one was served")
        .isEqualTo(Verdict.NORMAL);
    assertThat(judged(senders("chan send", 20, 31, 40, 52), before).verdict())
        .as("one joined")
        .isEqualTo(Verdict.NORMAL);
    assertThat(
            judged(
                    senders("chan send", 20, 31, 40, 52, 60, 61),
                    senders("chan send", 20, 31, 44),
                    before)
                .verdict())
        .as("one of the first dump was served")
        .isEqualTo(Verdict.NORMAL);
  }

  @Test
  void workers_that_join_a_pool_at_work_are_not_suspect_for_staying() throws Exception {
    assertThat(
            judged(
                    senders("chan receive", 20, 31, 40, 52, 60, 61),
                    senders("chan receive", 20, 31, 40))
                .verdict())
        .isEqualTo(Verdict.NORMAL);
  }

  @Test
  void who_stayed_is_not_told_of_groups_that_are_listed_in_part() throws Exception {
    long[] many = LongStream.range(100, 200).map(id -> 2 * id).toArray();
    long[] more = LongStream.range(100, 210).map(id -> 2 * id).toArray();
    assertThat(judged(senders("chan send", more), senders("chan send", many)).reason())
        .doesNotContain("gone on");
  }
}
