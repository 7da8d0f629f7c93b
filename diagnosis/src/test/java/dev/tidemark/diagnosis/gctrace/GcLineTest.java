package dev.tidemark.diagnosis.gctrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcLineTest {
  private static final String MODERN =
      "gc 7 @12.345s 3%: 0.10+2.5+0.05 ms clock, 0.40+1.5/4.0/9.0+0.20 ms cpu, "
          + "40->44->21 MB, 42 MB goal, 2 MB stacks, 1 MB globals, 4 P";

  private static Cycle read(String line) {
    GcLine.Found found = Objects.requireNonNull(GcLine.find(line, 0));
    return Objects.requireNonNull(found.cycle());
  }

  @Test
  void a_line_of_today_is_read_to_the_last_field() {
    Cycle cycle = read(MODERN);
    assertThat(cycle)
        .isEqualTo(
            new Cycle(
                Form.WITH_ROOTS,
                7,
                12.345,
                3,
                2.65,
                cycle.pauses(),
                0.10,
                1.5,
                cycle.background(),
                9,
                40,
                44,
                21,
                42,
                2,
                1,
                4,
                false));
    assertThat(cycle.pauses()).isCloseTo(0.15, within());
    assertThat(cycle.background()).isCloseTo(4.6, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Go 1.0 | gc13(1): 308+92+1 ms 156 -> 107 MB 33398 -> 16599 (128502-111903) objects 0 handoff | false",
        "Go 1.2 | gc83(2): 8+1+0 ms, 62 -> 31 MB 19455 -> 3211 (1291202-1287991) objects, 0(0) handoff, 0(0) steal, 0/0/0 yields | true",
        "Go 1.3 | gc1(1): 5+0+186+0 us, 62 -> 31 MB, 18 (19-1) objects, 0/0/0 sweeps, 0(0) handoff, 0(0) steal, 0/0/0 yields | true",
        "Go 1.4 | gc1(1): 4+0+1097+3 us, 62 -> 31 MB, 21 (21-0) objects, 2 goroutines, 15/0/0 sweeps, 0(0) handoff, 0(0) steal, 0/0/0 yields | true",
      })
  void the_forms_before_go_1_5_tell_heap_and_pause(String version, String line, boolean whole) {
    GcLine.Found found = Objects.requireNonNull(GcLine.find(line.strip(), 0));
    assertThat(found.cycle() != null).as(version).isEqualTo(whole);
    if (found.cycle() != null) {
      assertThat(found.cycle().form()).isEqualTo(Form.STOP_THE_WORLD);
      assertThat(found.cycle().before()).isEqualTo(62);
      assertThat(found.cycle().live()).isEqualTo(31);
      assertThat(found.cycle().at()).isNaN();
      assertThat(found.cycle().pauses()).isBetween(0.19, 9.0);
    }
  }

  @Test
  void go_1_5_stops_the_world_in_the_first_and_last_of_five_phases() {
    Cycle cycle =
        read(
            "gc 2 @0.5s 1%: 0.5+1+0.1+2+0.25 ms clock, 1+1+0+0/3/4+0.5 ms cpu, 4->5->3 MB, 6 MB goal, 2 P (forced)");
    assertThat(cycle.form()).isEqualTo(Form.FIVE_PHASES);
    assertThat(cycle.pauses()).isEqualTo(0.75);
    assertThat(cycle.assist()).isZero();
    assertThat(cycle.background()).isEqualTo(5.5);
    assertThat(cycle.forced()).isTrue();
  }

  @Test
  void go_1_17_has_no_stacks_and_go_1_27_may_look_for_leaked_goroutines() {
    Cycle before =
        read(
            "gc 9 @1.000s 0%: 0.1+1+0.1 ms clock, 0.1+0/1/1+0.1 ms cpu, 4->5->3 MB, 6 MB goal, 2 P");
    assertThat(before.form()).isEqualTo(Form.THREE_PHASES);
    assertThat(before.stacks()).isNaN();
    assertThat(read(MODERN.replace("3%:", "3% (checking for goroutine leaks):")))
        .isEqualTo(read(MODERN));
  }

  @Test
  void a_line_is_found_behind_anything_and_so_is_the_next() {
    String line = "2026-11-21T10:00:00Z stderr F done gc in 3s" + MODERN + MODERN;
    GcLine.Found first = Objects.requireNonNull(GcLine.find(line, 0));
    GcLine.Found second = Objects.requireNonNull(GcLine.find(line, first.end()));
    assertThat(first.cycle()).isEqualTo(second.cycle()).isEqualTo(read(MODERN));
    assertThat(GcLine.find(line, second.end())).isNull();
  }

  @Test
  void a_line_cut_anywhere_is_damaged_or_none_but_never_another() {
    for (int end = 0; end < MODERN.length(); end++) {
      GcLine.Found found = GcLine.find(MODERN.substring(0, end), 0);
      assertThat(found == null ? null : found.cycle()).as("cut at %d", end).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gc 99999999999999999999 @1.0s 3%: 0.1+1+0.1 ms clock, 0.1+0/1/1+0.1 ms cpu, 4->5->3 MB, 6 MB goal, 2 P",
        "gc 9 @1.0s 3%: 0.1+1 ms clock, 0.1+0/1/1+0.1 ms cpu, 4->5->3 MB, 6 MB goal, 2 P",
        "gc 9 @1.0s 3%: 0.1+1+0.1 ms clock, 0.1+0/1/1+0.1 ms cpu, 4->99999999999999999999->3 MB, 6 MB goal, 2 P",
        "gc 9 @1.0s -3%: 0.1+1+0.1 ms clock, 0.1+0/1/1+0.1 ms cpu, 4->5->3 MB, 6 MB goal, 2 P",
        "gc 9 @1.0s 3%: 0.1+1+0.1 ms clock, ..",
      })
  void numbers_beyond_reason_are_damage(String line) {
    GcLine.Found found = GcLine.find(line, 0);
    assertThat(found == null ? null : found.cycle()).isNull();
  }
}
