package dev.tidemark.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkloadPanesTest {
  private static final long HOUR = 3_600_000L;

  private final WorkloadPanes panes = new WorkloadPanes();

  private Prior prior(long now) {
    return requireNonNull(panes.prior(now));
  }

  @Test
  void nothing_admitted_is_no_prior() {
    assertThat(panes.prior(Feed.MONDAY)).isNull();
    panes.admit(Feed.MONDAY, Double.NaN);
    panes.admit(Feed.MONDAY, Double.POSITIVE_INFINITY);
    assertThat(panes.prior(Feed.MONDAY)).isNull();
  }

  @Test
  void holds_the_last_seven_days_and_at_most_five_hours_more() {
    long seed = 4;
    Random random = new Random(seed);
    TreeMap<Long, Double> exact = new TreeMap<>();
    long time = Feed.MONDAY;
    for (int i = 0; i < 5000; i++) {
      time += random.nextInt(20) == 0 ? random.nextInt(30) * HOUR : 60_000;
      long at = time - random.nextInt(3) * HOUR + i;
      double value = 100 + 20 * random.nextGaussian();
      panes.admit(at, value);
      exact.put(at, value);
    }
    long now = time + HOUR;
    long oldest = (Math.floorDiv(now, HOUR) - 167) * HOUR;
    double[] kept = exact.tailMap(oldest).values().stream().mapToDouble(d -> d).sorted().toArray();
    int most = exact.tailMap(oldest - 5 * HOUR).size();
    assertThat(prior(now).samples()).as("seed %d", seed).isBetween((long) kept.length, (long) most);
    assertThat(prior(now).quantile(0.5))
        .isCloseTo(kept[kept.length / 2], within(kept[kept.length / 2] * 0.01));
  }

  @Test
  void the_running_hour_waits_while_finished_hours_say_enough() {
    for (int i = 0; i < 30; i++) {
      panes.admit(Feed.MONDAY + i, 100);
    }
    panes.admit(Feed.MONDAY + HOUR, 900);
    assertThat(prior(Feed.MONDAY + HOUR).samples()).as("30 are too few alone").isEqualTo(31);
    for (int i = 0; i < 30; i++) {
      panes.admit(Feed.MONDAY + 100 + i, 100);
    }
    assertThat(prior(Feed.MONDAY + HOUR).samples()).isEqualTo(60);
    assertThat(prior(Feed.MONDAY + 2 * HOUR).samples()).isEqualTo(61);
  }

  @Test
  void a_week_of_silence_forgets_everything() {
    panes.admit(Feed.MONDAY, 100);
    assertThat(panes.prior(Feed.MONDAY + 168 * HOUR)).isNull();
    panes.admit(Feed.MONDAY, 100);
    assertThat(panes.prior(Feed.MONDAY + 168 * HOUR)).as("too old to be admitted").isNull();
  }

  @Test
  void what_was_stored_comes_back_and_goes_on_the_same() throws IOException {
    Random random = new Random(2);
    for (int i = 0; i < 3000; i++) {
      panes.admit(Feed.MONDAY + i * 300_000L, 100 + 20 * random.nextGaussian());
    }
    WorkloadPanes read = WorkloadPanes.decode(in(bytes(panes)));
    assertThat(bytes(read)).isEqualTo(bytes(panes));
    for (int i = 3000; i < 4000; i++) {
      long time = Feed.MONDAY + i * 300_000L;
      panes.admit(time, i);
      read.admit(time, i);
      Prior other = requireNonNull(read.prior(time));
      assertThat(other.samples()).isEqualTo(prior(time).samples());
      assertThat(other.quantile(0.9)).isEqualTo(prior(time).quantile(0.9));
    }
  }

  @Test
  void a_week_of_a_spreading_workload_stays_small() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 7 * 24 * 360; i++) {
      panes.admit(Feed.MONDAY + i * 10_000L, 1000 * (1 + 0.1 * random.nextGaussian()));
    }
    assertThat(bytes(panes)).hasSizeBetween(3_000, 12_000);
  }

  @Test
  void damaged_panes_are_refused_with_an_io_exception() throws IOException {
    panes.admit(Feed.MONDAY, 100);
    panes.admit(Feed.MONDAY + HOUR, 200);
    byte[] good = bytes(panes);
    for (int cut = 0; cut < good.length; cut++) {
      byte[] bad = Arrays.copyOf(good, cut);
      assertThatThrownBy(() -> WorkloadPanes.decode(in(bad))).isInstanceOf(IOException.class);
    }
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        WorkloadPanes.decode(in(bad)).prior(Feed.MONDAY + 3 * HOUR);
      } catch (IOException refused) {
        assertThat(refused).isNotNull();
      }
    }
  }

  private static byte[] bytes(WorkloadPanes panes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    panes.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
