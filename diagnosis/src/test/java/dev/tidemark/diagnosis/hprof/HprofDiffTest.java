package dev.tidemark.diagnosis.hprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.input.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HprofDiffTest {
  private static HprofReport diff(byte[] base, byte[] target) throws IOException {
    return HprofDiff.report(
        "a",
        () -> new ByteArrayInputStream(base),
        "b",
        () -> new ByteArrayInputStream(target),
        500);
  }

  @Test
  void says_which_class_grew_and_by_which_way_it_is_held() throws Exception {
    for (int idSize : List.of(4, 8)) {
      byte[] base = new HprofBytes(idSize).orders(3).toBytes();
      byte[] target = new HprofBytes(idSize).orders(2000).garbage(600).toBytes();
      HprofReport report = diff(base, target);
      HprofReport.ClassGrowth first = report.classes().get(0);
      assertThat(first.name()).isEqualTo("app.Order");
      assertThat(first.objects()).isEqualTo(new HprofReport.Totals(3, 2600));
      assertThat(first.bytes().delta()).isEqualTo(2597L * (4 + idSize));
      assertThat(first.finding().id()).isEqualTo("heap-class-growth");
      assertThat(report.worst()).isEqualTo(Verdict.LEAK);
      assertThat(report.truncated()).isFalse();
      assertThat(report.paths()).hasSize(1);
      HprofReport.HeldBy held = report.paths().get(0);
      assertThat(held.objects()).isEqualTo(2000);
      assertThat(held.gained()).isEqualTo(1997);
      assertThat(held.share()).isEqualTo(1.0);
      assertThat(held.steps())
          .containsExactly(
              new HprofReport.Step("app.Cache", true, "HELD", 1),
              new HprofReport.Step("app.Order[]", false, "[]", 1),
              new HprofReport.Step("app.Order", false, null, 1));
    }
  }

  @Test
  void the_way_that_gained_comes_before_the_one_that_holds_more() throws Exception {
    byte[] base = new HprofBytes(8).orders(2000).toBytes();
    byte[] target = new HprofBytes(8).orders(2000).rooted(700).toBytes();
    List<HprofReport.HeldBy> paths = diff(base, target).paths();
    assertThat(paths).extracting(HprofReport.HeldBy::gained).containsExactly(700L, 0L);
    assertThat(paths.get(0).steps())
        .containsExactly(new HprofReport.Step("app.Order", false, null, 1));
    assertThat(paths.get(1).objects()).isEqualTo(2000);
  }

  @Test
  void a_dump_cut_anywhere_is_read_or_refused() throws Exception {
    byte[] dump = new HprofBytes(8).orders(5).toBytes();
    for (int length = 0; length < dump.length; length++) {
      survives(dump, Arrays.copyOf(dump, length), "cut at " + length);
    }
    assertThat(diff(dump, Arrays.copyOf(dump, dump.length - 30)).truncated()).isTrue();
  }

  @Test
  void a_damaged_dump_is_read_or_refused() throws Exception {
    byte[] dump = new HprofBytes(4).orders(6).toBytes();
    int rounds = Integer.getInteger("tidemark.fuzz.rounds", 1_000);
    for (int seed = 0; seed < rounds; seed++) {
      Random random = new Random(seed);
      byte[] bytes = dump.clone();
      for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      survives(dump, bytes, "seed " + seed);
    }
  }

  private static void survives(byte[] base, byte[] target, String description) {
    try {
      assertThat(
              HprofDiff.report(
                  "a",
                  () -> new ByteArrayInputStream(base),
                  "b",
                  () -> new ByteArrayInputStream(target),
                  1))
          .isNotNull();
    } catch (BadInputException e) {
      assertThat(e).as(description).hasMessageMatching("(at byte|has) .*");
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(description, e);
    }
  }

  @Test
  void what_is_no_dump_is_refused() {
    byte[] text = "JAVA PROFILE 9\0....".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> diff(text, text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("at byte 0 has another header");
  }
}
