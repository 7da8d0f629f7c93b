package dev.tidemark.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectionRhythmTest {
  private static final HealthConfig.Jitter DEFAULTS = new HealthConfig.Jitter(true, 0.15, 1.8, 3);
  private static final long LOOK = 300_000;

  private final CollectionRhythm rhythm = new CollectionRhythm();
  private long now = 10 * LOOK;
  private double total;

  private void collects(int looks, double eachLook) {
    for (int i = 0; i < looks; i++) {
      now += LOOK;
      total += eachLook;
      rhythm.look(now, total, DEFAULTS);
    }
  }

  @ParameterizedTest(name = "{0} collections a look, then {1}: uneven {2}")
  @CsvSource({
    "300, 300, false",
    "300, 301, false", // even to the last one, so any difference is many times the usual
    "300, 270, false",
    "300, 100, true",
    "300, 900, true",
    "2, 3, false", // one more or less is how whole numbers count
    "3, 2, false",
    "2, 1, false",
    "300, 0, false" // a process that rests tells nothing
  })
  void what_is_off_the_usual_by_more_than_counting_is_uneven(
      double usual, double then, boolean uneven) {
    collects(20, usual);
    assertThat(rhythm.isUneven()).isFalse();
    collects(1, then);
    assertThat(rhythm.isUneven()).isEqualTo(uneven);
  }

  @Test
  void where_it_always_differs_the_same_difference_is_usual() {
    for (int i = 0; i < 40; i++) {
      collects(1, i % 2 == 0 ? 200 : 400);
    }
    collects(4, 300);
    assertThat(rhythm.isUneven()).isFalse();
    collects(1, 60);
    assertThat(rhythm.isUneven()).isTrue();
  }

  @Test
  void it_is_not_told_before_it_is_known_what_is_usual() {
    collects(7, 300);
    collects(1, 60);
    assertThat(rhythm.isUneven()).isFalse();
    rhythm.forget();
    collects(10, 300);
    collects(1, 60);
    assertThat(rhythm.isUneven()).isTrue();
  }

  @Test
  void rules_look_at_every_fourth_look_and_miss_none() {
    collects(20, 300);
    collects(1, 60);
    collects(3, 300);
    assertThat(rhythm.isUneven()).isTrue();
    collects(1, 300);
    assertThat(rhythm.isUneven()).isFalse();
  }

  @Test
  void a_count_that_falls_is_another_process_and_what_is_no_count_is_none() {
    collects(20, 300);
    rhythm.look(now += LOOK, Double.NaN, DEFAULTS);
    rhythm.look(now += LOOK, -1, DEFAULTS);
    rhythm.look(now += LOOK, Double.NEGATIVE_INFINITY, DEFAULTS);
    assertThat(rhythm.isUneven()).isFalse();
    total += 900;
    collects(1, 300); // four looks' worth in four looks' time
    assertThat(rhythm.isUneven()).isFalse();
    total = 0;
    collects(1, 10);
    collects(1, 10);
    assertThat(rhythm.isUneven()).isFalse();
  }

  @Test
  void the_same_look_told_twice_or_late_counts_once() {
    collects(20, 300);
    rhythm.look(now, total + 5, DEFAULTS);
    rhythm.look(now - LOOK, total + 500, DEFAULTS);
    assertThat(rhythm.isUneven()).isFalse();
  }

  @Test
  void what_is_written_is_read_and_a_later_version_begins_anew() throws IOException {
    collects(20, 300);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    rhythm.encode(new DataOutputStream(bytes));
    CollectionRhythm read = new CollectionRhythm();
    read.decode(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    read.look(now + LOOK, total + 60, DEFAULTS);
    assertThat(read.isUneven()).isTrue();
    byte[] later = bytes.toByteArray();
    later[0]++;
    CollectionRhythm anew = new CollectionRhythm();
    anew.decode(new DataInputStream(new ByteArrayInputStream(later)));
    anew.look(now + LOOK, total + 60, DEFAULTS);
    assertThat(anew.isUneven()).isFalse();
  }
}
