package dev.tidemark.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerGroupTest {
  private static final JudgeConfig CONFIG = JudgeConfig.defaults();

  private static PeerGroup group(List<Double> values, long slot) {
    PeerGroup group = new PeerGroup(CONFIG);
    values.forEach(group::add);
    group.close(slot);
    return group;
  }

  @Test
  void the_order_of_members_does_not_matter_and_odd_ones_are_outside_the_edges()
      throws IOException {
    List<Double> values = new ArrayList<>(Collections.nCopies(39, 500.0));
    values.add(9000.0);
    byte[] first = bytes(group(values, Feed.MONDAY));
    Collections.shuffle(values, new Random(1));
    PeerGroup shuffled = group(values, Feed.MONDAY);
    assertThat(bytes(shuffled)).isEqualTo(first);
    Peers peers = requireNonNull(shuffled.peers(Feed.MONDAY + 30_000));
    assertThat(List.of(peers.low(), peers.median(), peers.high())).containsOnly(500.0);
    assertThat(peers.count()).isEqualTo(40);
  }

  @Test
  void few_members_old_slots_and_what_is_not_finite_say_nothing() {
    assertThat(group(List.of(1.0, 2.0, 3.0), Feed.MONDAY).peers(Feed.MONDAY)).isNull();
    List<Double> broken = List.of(1.0, 2.0, 3.0, Double.NaN, Double.POSITIVE_INFINITY);
    assertThat(group(broken, Feed.MONDAY).peers(Feed.MONDAY)).isNull();
    PeerGroup four = group(List.of(1.0, 2.0, 3.0, 4.0), Feed.MONDAY);
    assertThat(four.peers(Feed.MONDAY + 150_000)).isNotNull();
    assertThat(four.peers(Feed.MONDAY + 150_001)).isNull();
  }

  @Test
  void the_rise_of_the_median_is_known_for_as_long_as_it_was_watched() {
    PeerGroup group = new PeerGroup(CONFIG);
    for (int i = 0; i < 240; i++) {
      for (int member = 0; member < 5; member++) {
        group.add(100 + i + member);
      }
      group.close(Feed.MONDAY + i * 30_000L);
    }
    assertThat(group.rise(3_600_000)).isBetween(110.0, 120.0);
    assertThat(group.rise(3 * 3_600_000)).isNaN();
    assertThat(group.rise(40 * 86_400_000L)).isNaN();
  }

  @Test
  void what_was_stored_goes_on_the_same_and_damage_is_refused() throws IOException {
    PeerGroup group = group(List.of(1.0, 2.0, 3.0, 4.0), Feed.MONDAY);
    byte[] stored = bytes(group);
    PeerGroup read = PeerGroup.decode(in(stored), CONFIG);
    for (PeerGroup each : List.of(group, read)) {
      for (int i = 0; i < 6; i++) {
        each.add(i);
      }
      each.close(Feed.MONDAY + 3_600_000);
    }
    assertThat(bytes(read)).isEqualTo(bytes(group));
    stored[0] = 9;
    assertThatThrownBy(() -> PeerGroup.decode(in(stored), CONFIG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 9");
  }

  @Test
  void one_of_forty_differs_before_its_own_band_is_known() {
    List<Double> values = new ArrayList<>(Collections.nCopies(40, 500.0));
    Peers peers = group(values, Feed.MONDAY).peers(Feed.MONDAY + 30_000);
    Judge judge = new Judge(new SeriesShape(Side.HIGH, Reduce.TROUGH, 25), CONFIG);
    Sample odd = new Sample(Feed.MONDAY + 30_000, 900, Double.NaN, 0);
    Judgement judgement = judge.observe(odd, null, peers);
    assertThat(judgement.score()).isNaN();
    assertThat(judgement.peerScore()).isEqualTo(16);
    assertThat(judgement.reason(Measure.COUNT))
        .contains("16 times as far from its peers as they are apart");
    Judge blind =
        new Judge(new SeriesShape(Side.HIGH, Reduce.TROUGH, 25), CONFIG.without(Part.PEERS));
    assertThat(blind.observe(odd, null, peers).peerScore()).isNaN();
  }

  @Test
  void a_rise_that_all_share_has_to_come_further_and_is_confirmed_all_the_same() {
    long alone = confirmedAfter(0);
    long shared = confirmedAfter(1);
    assertThat(alone).isBetween(1L, Duration.ofHours(4).toMillis());
    assertThat(shared).isBetween(alone + 1_200_000, Duration.ofHours(5).toMillis());
  }

  /** A rise of a tenth of the way to the limit an hour, which the others share or not. */
  private static long confirmedAfter(double share) {
    PeerGroup group = new PeerGroup(CONFIG);
    Judge judge = new Judge(new SeriesShape(Side.HIGH, Reduce.TROUGH, 25), CONFIG);
    Random noise = new Random(3);
    long begin = Feed.MONDAY + Duration.ofDays(2).toMillis();
    for (long t = Feed.MONDAY; t < begin + Duration.ofHours(9).toMillis(); t += 30_000) {
      double rise = Math.max(0, t - begin) / 3_600_000.0 * 800;
      double value = 2000 + rise + 5 * noise.nextGaussian();
      Judgement judgement = judge.observe(new Sample(t, value, 10_000, 0), null, group.peers(t));
      if (judgement.leakState() == LeakState.CONFIRMED) {
        return t - begin;
      }
      group.add(value);
      for (int member = 0; member < 7; member++) {
        group.add(2000 + share * rise + 5 * noise.nextGaussian());
      }
      group.close(t);
    }
    return -1;
  }

  private static byte[] bytes(PeerGroup group) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    group.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
