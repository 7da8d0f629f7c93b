package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void knows_an_empty_select_that_is_alone_by_where_it_waits() throws Exception {
    assertThat(states(stack(9, "0x4526 0x6a2b", "0x6a2a", "main.a")))
        .containsExactly("main.a: select (no cases)");
    assertThat(states(stack(9, "0x4537 0x6a2b", "0x6a2a", "main.a")))
        .containsExactly("main.a: select");
    assertThat(
            states(
                stack(9, "0x4526 0x6a2b", "0x6a2a", "main.a")
                    + stack(9, "0x4526 0x6a3b", "0x6a3a", "main.b")
                    + stack(9, "0x4526 0x6a4b", "0x6a4a", "main.c")))
        .containsExactly("main.a: select", "main.b: select", "main.c: select");
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

  /** Addresses as Go 1.19 and 1.27 have them on amd64. */
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "0x407076 0x406f5d, chan send (nil chan)",
    "0x4073ac 0x406f5d, chan send",
    "0x407ed0 0x407cb8, chan receive (nil chan)",
    "0x4081bb 0x407cb8, chan receive",
    "0x4081bb 0x407cf8, chan receive",
    "0x41916c 0x419057, chan send (nil chan)",
    "0x41945c 0x419057, chan send",
    "0x41a0b9 0x419eb2, chan receive (nil chan)",
    "0x41a38e 0x419eb2, chan receive",
    "0x41a38e 0x419ec0, chan send or receive",
    "0x51a38e 0x419eb2, chan send or receive"
  })
  void knows_an_operation_by_its_entry(String addresses, String state) throws Exception {
    assertThat(states(stack(1, addresses + " 0x6a2b", "0x6a2a", "main.a")))
        .containsExactly("main.a: " + state);
  }

  @Test
  void knows_no_entry_where_all_instructions_have_four_bytes() throws Exception {
    String text =
        "goroutine profile: total 1\n" + stack(1, "0x4081b8 0x407cb8 0x6a2c", "0x6a2b", "main.a");
    assertThat(Dumps.read(text.replace("0x46b2", "0x46b4")).groups().get(0).state())
        .isEqualTo("chan send or receive");
  }

  @Test
  void one_blocked_stack_is_enough_beside_the_one_that_asks() throws Exception {
    String asks =
        """
        goroutine profile: total 9
        1 @ 0x430e36 0x466b05 0x6cb955 0x46ca41
        #\t0x466b04\truntime/pprof.runtime_goroutineProfileWithLabels+0x24\t/go/src/runtime/mprof.go:846
        #\t0x6cb954\truntime/pprof.writeRuntimeProfile+0xb4\t/go/src/runtime/pprof/pprof.go:723

        """;
    for (String text : List.of(asks + PARKED, "goroutine profile: total 9\n\n" + PARKED + asks)) {
      assertThat(Dumps.read(text).groups())
          .anyMatch(group -> "chan receive".equals(group.state()) && group.count() == 8);
    }
  }

  private static final String PARKED =
      """
      8 @ 0x43bab6 0x4081bb 0x407cb8 0x6f5b9b 0x46ca41
      #\t0x6f5b9a\tmain.wait+0x1a\t/src/a.go:317

      """;

  @Test
  void an_empty_select_lies_right_before_the_others() throws Exception {
    assertThat(
            states(
                stack(1, "0x465526 0x6a2b", "0x6a2a", "main.a")
                    + stack(1, "0x465fd7 0x6a4b", "0x6a4a", "main.b")))
        .containsExactly("main.a: select (no cases)", "main.b: select");
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
    assertThat(report.groups().get(0).reason()).contains("proved by the runtime");
  }

  @Test
  void main_in_an_empty_select_which_a_leak_profile_lists_without_frames_is_none()
      throws Exception {
    GoroutineReport report =
        GoroutineAnalysis.report(
            "x", Dumps.read("goroutineleak profile: total 1\n1 @ 0x0\n#\t0x0\n"));
    assertThat(report.groups()).noneMatch(group -> group.verdict() == Verdict.LEAK);
  }
}
