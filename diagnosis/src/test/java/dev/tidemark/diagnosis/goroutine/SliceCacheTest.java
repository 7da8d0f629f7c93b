package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceCacheTest {
  private final Map<String, Integer> reads = new HashMap<>();
  private final SliceCache<String> cache =
      new SliceCache<>(
          text -> {
            reads.merge(text, 1, Integer::sum);
            return text.isEmpty() ? null : text + "!";
          });

  private String get(String text) {
    byte[] buffer = ("<" + text + ">").getBytes(StandardCharsets.US_ASCII);
    return String.valueOf(cache.get(buffer, 1, buffer.length - 1));
  }

  @Test
  void finds_what_was_read_whatever_came_before_it() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      String text = "x".repeat(random.nextInt(4)) + random.nextInt(30);
      assertThat(get(text)).as("seed 7, turn %s", i).isEqualTo(text + "!");
    }
    assertThat(reads.values()).containsOnly(1);
  }

  @Test
  void remembers_null_and_tells_beginnings_and_ends_apart() {
    for (int i = 0; i < 3; i++) {
      assertThat(get("main.f")).isEqualTo("main.f!");
      assertThat(get("")).isEqualTo("null");
      assertThat(get("main.fa")).isEqualTo("main.fa!");
      assertThat(get("ain.fa")).isEqualTo("ain.fa!");
    }
    assertThat(reads.values()).containsOnly(1);
  }

  @Test
  void what_finds_no_place_any_more_is_read_each_time_and_not_held() {
    for (int i = 0; i < 70_000; i++) {
      assertThat(get("line " + i)).isEqualTo("line " + i + "!");
    }
    reads.clear();
    for (int turn = 0; turn < 3; turn++) {
      get("line 0");
      get("line 69999");
      get("line 69998");
    }
    assertThat(reads).containsOnly(Map.entry("line 69999", 3), Map.entry("line 69998", 3));
  }
}
