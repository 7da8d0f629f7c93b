package dev.tidemark.engine.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PaneLogTest {
  @Test
  void holds_what_was_put_in_whatever_comes_and_goes() throws IOException {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      PaneLog log = new PaneLog();
      TreeMap<Long, CodeCounts> plain = new TreeMap<>();
      long key = -100;
      for (int i = 0; i < 600; i++) {
        key += 1 + (random.nextInt(10) == 0 ? random.nextInt(1000) : 0);
        CodeCounts counts = counts(random);
        log.append(key, counts);
        plain.put(key, counts);
        if (random.nextInt(50) == 0) {
          long late = key - random.nextInt(20);
          char code = (char) (1 + random.nextInt(65_535));
          log.add(late, code);
          plain.computeIfAbsent(late, k -> new CodeCounts()).add(code);
        }
        while (log.size() > 60 || (random.nextInt(4) == 0 && !log.isEmpty())) {
          assertThat(log.firstKey()).as("seed %d, step %d", seed, i).isEqualTo(plain.firstKey());
          assertThat(bytes(log.removeFirst()))
              .as("seed %d, step %d", seed, i)
              .isEqualTo(bytes(plain.pollFirstEntry().getValue()));
        }
        log.trim();
        assertThat(log.size()).isEqualTo(plain.size());
        assertThat(bytes(log)).as("seed %d, step %d", seed, i).isEqualTo(bytes(plain));
      }
    }
  }

  /** Of few codes and many, neighbours and not, seldom and often. */
  private static CodeCounts counts(Random random) {
    CodeCounts counts = new CodeCounts();
    int spread = 1 << random.nextInt(16);
    int often = random.nextInt(8) == 0 ? 3000 : 1;
    for (int i = random.nextInt(60); i >= 0; i--) {
      char code = (char) (1 + random.nextInt(spread));
      for (int j = 0; j < often; j++) {
        counts.add(code);
      }
    }
    return counts;
  }

  @Test
  void what_was_written_is_read_with_the_sum_of_all() throws IOException {
    for (long seed = 1; seed <= 50; seed++) {
      Random random = new Random(seed);
      PaneLog log = new PaneLog();
      CodeCounts sum = new CodeCounts();
      for (int i = random.nextInt(40); i >= 0; i--) {
        CodeCounts counts = counts(random);
        log.append(1000 * seed - i, counts);
        sum.addAll(counts);
      }
      for (int i = random.nextInt(3); i > 0 && log.size() > 1; i--) {
        sum.removeAll(log.removeFirst());
      }
      CodeCounts found = new CodeCounts();
      PaneLog read =
          PaneLog.decode(new DataInputStream(new ByteArrayInputStream(bytes(log))), found);
      assertThat(bytes(read)).as("seed %d", seed).isEqualTo(bytes(log));
      assertThat(bytes(found)).as("seed %d", seed).isEqualTo(bytes(sum));
      assertThat(read.firstKey()).as("seed %d", seed).isEqualTo(log.firstKey());
      assertThat(read.lastKey()).as("seed %d", seed).isEqualTo(log.lastKey());
    }
  }

  @Test
  void older_panes_of_a_stretch_become_one_with_the_newest_key() throws IOException {
    PaneLog log = new PaneLog();
    TreeMap<Long, CodeCounts> expected = new TreeMap<>();
    for (long key : new long[] {-7, -6, -2, 0, 5, 6, 11, 12, 13}) {
      CodeCounts counts = new CodeCounts();
      counts.add((char) (100 + key));
      log.append(key, counts);
      long kept = Map.of(-6L, -2L, 0L, 5L, 6L, 11L).getOrDefault(key, key);
      expected.computeIfAbsent(kept, k -> new CodeCounts()).addAll(counts);
    }
    log.merge(12, 6);
    assertThat(bytes(log)).isEqualTo(bytes(expected));
    assertThat(log.firstKey()).isEqualTo(-7);
    log.merge(12, 6);
    assertThat(bytes(log)).as("merged again").isEqualTo(bytes(expected));
  }

  @Test
  void a_pane_is_not_older_than_the_one_before() {
    PaneLog log = new PaneLog();
    log.append(7, new CodeCounts());
    assertThatThrownBy(() -> log.append(7, new CodeCounts()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void damage_asks_for_no_more_memory_than_it_holds() {
    for (long distinct : new long[] {0xffff_ffff_7fff_ffffL, 0xffff_ffff_3fff_ffffL, 1L << 62}) {
      byte[] damaged = damaged(distinct);
      assertThatThrownBy(
              () ->
                  PaneLog.decode(
                      new DataInputStream(new ByteArrayInputStream(damaged)), new CodeCounts()))
          .as("%x codes", distinct)
          .isInstanceOf(IOException.class);
    }
  }

  /** One pane that says it has so many codes, and has none. */
  private static byte[] damaged(long distinct) {
    ByteBuffer bytes = ByteBuffer.allocate(64).putInt(1).putLong(5).putInt(0);
    int from = bytes.position();
    long left = distinct;
    for (; left >>> 7 != 0; left >>>= 7) {
      bytes.put((byte) (left | 0x80));
    }
    bytes.put((byte) left);
    bytes.putInt(from - Integer.BYTES, bytes.position() - from);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static byte[] bytes(CodeCounts counts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static byte[] bytes(PaneLog log) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    log.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static byte[] bytes(Map<Long, CodeCounts> panes) throws IOException {
    PaneLog log = new PaneLog();
    panes.forEach(log::append);
    return bytes(log);
  }
}
