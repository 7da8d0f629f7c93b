package dev.tidemark.engine.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.window.LogCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HoldQueueTest {
  @Test
  void keeps_what_a_map_bounded_alike_would_keep() throws IOException {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      int bound = 1 + random.nextInt(60);
      HoldQueue queue = new HoldQueue(bound);
      TreeMap<Long, Character> exact = new TreeMap<>();
      long slot = random.nextInt(1000);
      for (int i = 0; i < 400; i++) {
        String where = "seed " + seed + ", step " + i;
        int dice = random.nextInt(20);
        slot += dice == 0 ? random.nextInt(3 * bound) : random.nextInt(3);
        char code = (char) (1 + random.nextInt(65_535));
        if (exact.isEmpty() || slot > exact.lastKey()) {
          exact.put(slot, code);
          exact.headMap(slot - bound, true).clear();
        }
        queue.push(slot, code);
        if (dice == 1) {
          long cut = slot - random.nextInt(bound);
          queue.truncate(cut);
          exact.tailMap(cut, true).clear();
        } else if (dice == 2) {
          queue = copy(queue, bound);
        } else if (dice < 9) {
          drain(queue, exact, slot - random.nextInt(bound), where);
        }
      }
      drain(queue, exact, Long.MAX_VALUE, "seed " + seed);
      assertThat(queue.isEmpty()).isTrue();
    }
  }

  private static void drain(HoldQueue queue, Map<Long, Character> exact, long until, String where) {
    while (!queue.isEmpty() && queue.first() <= until) {
      long slot = queue.first();
      char code = queue.pop();
      Character expected = exact.remove(slot);
      assertThat(code).as(where).isEqualTo(expected == null ? LogCode.NONE : expected);
    }
    assertThat(exact.keySet()).as(where).allMatch(s -> s > until);
  }

  private static HoldQueue copy(HoldQueue queue, int bound) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    queue.encode(new DataOutputStream(bytes));
    return HoldQueue.decode(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), bound);
  }
}
