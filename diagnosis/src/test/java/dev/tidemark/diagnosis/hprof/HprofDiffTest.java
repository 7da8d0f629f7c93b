package dev.tidemark.diagnosis.hprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.input.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HprofDiffTest {
  /** Writes dumps: app.Cache with a static list of app.Order, which form a ring besides. */
  private static final class Dump {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heapBytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final DataOutputStream heap = new DataOutputStream(heapBytes);
    private final int idSize;

    Dump(int idSize) throws IOException {
      this.idSize = idSize;
      out.write("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII));
      out.writeInt(idSize);
      out.writeLong(0);
      string(1, "app/Cache");
      string(2, "app/Order");
      string(3, "HELD");
      string(4, "next");
      string(5, "[Lapp/Order;");
      loadClass(100, 1);
      loadClass(200, 2);
      loadClass(300, 5);
    }

    private void id(DataOutputStream to, long id) throws IOException {
      if (idSize == 4) {
        to.writeInt((int) id);
      } else {
        to.writeLong(id);
      }
    }

    private void string(long id, String text) throws IOException {
      out.writeByte(1);
      out.writeInt(0);
      out.writeInt(idSize + text.length());
      id(out, id);
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void loadClass(long id, long name) throws IOException {
      out.writeByte(2);
      out.writeInt(0);
      out.writeInt(8 + 2 * idSize);
      out.writeInt(1);
      id(out, id);
      out.writeInt(0);
      id(out, name);
    }

    private void classDump(long id, long parent, long staticName, long value, long field)
        throws IOException {
      heap.writeByte(0x20);
      id(heap, id);
      heap.writeInt(0);
      id(heap, parent);
      for (int i = 0; i < 5; i++) {
        id(heap, 0);
      }
      heap.writeInt(8);
      heap.writeShort(0);
      heap.writeShort(staticName == 0 ? 0 : 1);
      if (staticName != 0) {
        id(heap, staticName);
        heap.writeByte(2);
        id(heap, value);
      }
      heap.writeShort(field == 0 ? 0 : 2);
      if (field != 0) {
        id(heap, 3);
        heap.writeByte(10); // an int before the reference
        id(heap, field);
        heap.writeByte(2);
      }
    }

    Dump orders(int count) throws IOException {
      classDump(100, 0, 3, 999, 0);
      classDump(200, 100, 0, 0, 4);
      classDump(300, 300, 0, 0, 0); // its own parent: hostile
      heap.writeByte(0x22);
      id(heap, 999);
      heap.writeInt(0);
      heap.writeInt(count);
      id(heap, 300);
      for (int i = 0; i < count; i++) {
        id(heap, 1000 + i);
      }
      for (int i = 0; i < count; i++) {
        order(1000 + i, 1000 + (i + 1) % count);
      }
      heap.writeByte(0x23);
      id(heap, 998);
      heap.writeInt(0);
      heap.writeInt(3);
      heap.writeByte(5);
      heap.write(new byte[6]);
      heap.writeByte(0x01);
      id(heap, 998);
      id(heap, 0);
      return this;
    }

    /** Objects that are roots themselves. */
    Dump rooted(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        order(700_000 + i, 0);
        heap.writeByte(0x01);
        id(heap, 700_000 + i);
        id(heap, 0);
      }
      return this;
    }

    /** Objects that nobody holds, in a ring. */
    Dump garbage(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        order(500_000 + i, 500_000 + (i + 1) % count);
      }
      return this;
    }

    private void order(long id, long next) throws IOException {
      heap.writeByte(0x21);
      id(heap, id);
      heap.writeInt(0);
      id(heap, 200);
      heap.writeInt(4 + idSize);
      heap.writeInt(7);
      id(heap, next);
    }

    byte[] toBytes() throws IOException {
      out.writeByte(0x1c);
      out.writeInt(0);
      out.writeInt(heapBytes.size());
      out.write(heapBytes.toByteArray());
      out.writeByte(0x2c);
      out.writeInt(0);
      out.writeInt(0);
      return bytes.toByteArray();
    }
  }

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
      byte[] base = new Dump(idSize).orders(3).toBytes();
      byte[] target = new Dump(idSize).orders(2000).garbage(600).toBytes();
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
    byte[] base = new Dump(8).orders(2000).toBytes();
    byte[] target = new Dump(8).orders(2000).rooted(700).toBytes();
    List<HprofReport.HeldBy> paths = diff(base, target).paths();
    assertThat(paths).extracting(HprofReport.HeldBy::gained).containsExactly(700L, 0L);
    assertThat(paths.get(0).steps())
        .containsExactly(new HprofReport.Step("app.Order", false, null, 1));
    assertThat(paths.get(1).objects()).isEqualTo(2000);
  }

  @Test
  void a_dump_cut_anywhere_is_read_or_refused() throws Exception {
    byte[] dump = new Dump(8).orders(5).toBytes();
    for (int length = 0; length < dump.length; length++) {
      survives(dump, Arrays.copyOf(dump, length), "cut at " + length);
    }
    assertThat(diff(dump, Arrays.copyOf(dump, dump.length - 30)).truncated()).isTrue();
  }

  @Test
  void a_damaged_dump_is_read_or_refused() throws Exception {
    byte[] dump = new Dump(4).orders(6).toBytes();
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
