package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The counted form, and what can be told from the addresses of frames it does not show. */
class CountsFormsTest {
  private static final String SLEEP =
      """
      1 @ 0x43b0 0x46c0 0x6a30
      #\t0x46bf\ttime.Sleep+0x3\t/usr/lib/go/src/runtime/time.go:195
      #\t0x6a2f\tmain.sleep+0x1\t/src/main.go:9

      """;

  private static String stack(int count, String addresses, String shown, String function) {
    return count
        + " @ 0x43b0 "
        + addresses
        + " 0x46b2\n#\t"
        + shown
        + "\t"
        + function
        + "+0x1\t\t/src/main.go:7\n\n";
  }

  private static List<String> states(String text) throws Exception {
    return Dumps.read("goroutine profile: total 0\n" + SLEEP + text).groups().stream()
        .filter(group -> !group.calls("main.sleep"))
        .map(group -> Objects.requireNonNull(group.blockedAt()).function() + ": " + group.state())
        .sorted()
        .toList();
  }

  @Test
  void cannot_tell_a_send_from_a_receive_when_there_is_only_one_of_them() throws Exception {
    assertThat(states(stack(9, "0x4070 0x4060 0x6a2b", "0x6a2a", "main.a")))
        .containsExactly("main.a: chan send or receive");
  }

  @Test
  void knows_a_receive_by_its_two_entries() throws Exception {
    assertThat(
            states(
                stack(9, "0x4080 0x4079 0x6a2b", "0x6a2a", "main.a")
                    + stack(9, "0x4080 0x407c 0x6a3b", "0x6a3a", "main.b")))
        .containsExactly("main.a: chan receive", "main.b: chan receive");
  }

  @Test
  void knows_both_by_their_order_in_the_runtime() throws Exception {
    assertThat(
            states(
                stack(9, "0x4070 0x4060 0x6a2b", "0x6a2a", "main.a")
                    + stack(9, "0x4080 0x4079 0x6a3b", "0x6a3a", "main.b")))
        .containsExactly("main.a: chan send", "main.b: chan receive");
  }

  @Test
  void two_places_in_one_function_are_one_kind() throws Exception {
    assertThat(
            states(
                stack(9, "0x4070 0x4060 0x6a2b", "0x6a2a", "main.a")
                    + stack(9, "0x4078 0x4060 0x6a3b", "0x6a3a", "main.b")))
        .containsExactly("main.a: chan send or receive", "main.b: chan send or receive");
  }

  @Test
  void names_a_select_and_leaves_open_what_it_does_not_know() throws Exception {
    assertThat(
            states(
                stack(9, "0x44b0 0x6a2b", "0x6a2a", "main.a")
                    + stack(9, "0x44b0 0x6a4b", "0x6a4a", "main.b")
                    + stack(1, "0x44ff 0x6a3b", "0x6a3a", "main.c")))
        .containsExactly("main.a: select", "main.b: select", "main.c: null");
  }

  @Test
  void aligned_columns_labels_and_frames_without_names_are_read() throws Exception {
    GoroutineDump dump =
        Dumps.read(
            """
            goroutine profile: total 3
            3 @ 0x43b0 0x46b9 0x46b8 0x4935 0x6a2b 0x46b2
            # labels: {"tenant":"a, \\"b\\"]"}
            #\t0x4934\t\t\tsync.runtime_SemacquireRWMutexR+0x24\t\t/go/src/runtime/sema.go:95
            #\t0x6a2a
            #\t0x6a2a\t\t\tmain.(*cache[...]).get+0x12\t\t\t/src/cache.go:12
            """);
    assertThat(dump.groups()).hasSize(1);
    assertThat(dump.groups().get(0).state()).isEqualTo("sync.RWMutex.RLock");
    assertThat(dump.groups().get(0).blockedAt())
        .isEqualTo(new Frame("main.(*cache[...]).get", "/src/cache.go", 12));
  }

  @Test
  void every_goroutine_of_a_leak_profile_is_a_leak() throws Exception {
    String text =
        "goroutineleak profile: total 9\n" + stack(9, "0x44b0 0x6a2b", "0x6a2a", "main.a");
    GoroutineReport report = GoroutineAnalysis.report("x", Dumps.read(text));
    assertThat(report.groups()).hasSize(1);
    assertThat(report.groups().get(0).verdict()).isEqualTo(Verdict.LEAK);
    assertThat(report.groups().get(0).reason()).contains("proved by the garbage collector");
  }
}
