package dev.tidemark.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.engine.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  private static final long STEP = 30_000;
  private static final ForecastConfig CONFIG =
      new ForecastConfig(
          Duration.ofMillis(STEP), List.of(Duration.ofMinutes(5), Duration.ofMinutes(30)));

  private final Forecaster forecaster = new Forecaster(CONFIG);
  private int slot;

  private void feed(int samples, long startMillis, IntToDoubleFunction value) {
    for (int i = 0; i < samples; i++) {
      slot++;
      forecaster.observe(new Sample(slot * STEP, value.applyAsDouble(i), Double.NaN, startMillis));
    }
  }

  private Forecast ahead(int horizon) {
    return forecaster.forecasts().get(horizon);
  }

  @Test
  void knows_nothing_before_five_blocks() {
    feed(15, 0, i -> 0.5);
    assertThat(ahead(0).value()).isNaN();
    assertThat(ahead(0).error()).isNaN();
    feed(10, 0, i -> 0.5);
    assertThat(ahead(0).value()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void a_constant_stays() {
    feed(500, 0, i -> 7);
    assertThat(ahead(1).value()).isCloseTo(7, within(1e-6));
    assertThat(ahead(1).error()).isCloseTo(0, within(1e-6));
  }

  @Test
  void a_ramp_goes_on() {
    feed(600, 0, i -> i);
    assertThat(ahead(0).value()).isCloseTo(599 + 10, within(3.0));
    assertThat(ahead(1).value()).isCloseTo(599 + 60, within(8.0));
    assertThat(ahead(1).lastValueError()).isCloseTo(60, within(0.001));
    assertThat(ahead(1).error()).isLessThan(30);
  }

  @Test
  void a_new_process_is_not_forecast_from_the_old_one() {
    feed(600, 1_000, i -> i);
    feed(1, 600 * STEP, i -> 5);
    assertThat(ahead(0).value()).isNaN();
    feed(60, 600 * STEP, i -> 5);
    assertThat(ahead(0).value()).isCloseTo(5, within(0.1));
    assertThat(ahead(1).error()).as("what died cannot come true").isLessThan(60);
  }

  @Test
  void what_came_due_in_a_gap_is_not_compared_with_what_came_after_it() {
    feed(100, 0, i -> 5);
    slot += 400;
    feed(1, 0, i -> 1_000);
    assertThat(ahead(0).error()).isCloseTo(0, within(1e-6));
    assertThat(ahead(0).value()).as("all blocks are older than the window").isNaN();
  }

  @Test
  void what_is_no_number_or_not_newer_changes_nothing() throws IOException {
    feed(100, 0, i -> i);
    byte[] before = encoded(forecaster);
    forecaster.observe(new Sample((slot + 1) * STEP, Double.NaN, Double.NaN, 0));
    forecaster.observe(new Sample((slot + 1) * STEP, Double.POSITIVE_INFINITY, Double.NaN, 0));
    forecaster.observe(new Sample(slot * STEP, 3, Double.NaN, 0));
    assertThat(encoded(forecaster)).isEqualTo(before);
  }

  @Test
  void follows_the_day_once_it_knows_one() {
    feed(3 * 2880, 0, i -> 100 + 50 * Math.sin(2 * Math.PI * i / 2880));
    double inHalfAnHour = 100 + 50 * Math.sin(2 * Math.PI * (3 * 2880 + 59) / 2880);
    assertThat(ahead(1).value()).isCloseTo(inHalfAnHour, within(2.0));
  }

  @Test
  void goes_on_from_its_state_as_if_nothing_had_happened() throws IOException {
    double[] y = Shapes.DIURNAL_SAWTOOTH.make(5, 4000);
    feed(3000, 77, i -> y[i]);
    Forecaster other =
        Forecaster.decode(
            new DataInputStream(new ByteArrayInputStream(encoded(forecaster))), CONFIG);
    for (int i = 3000; i < 4000; i++) {
      slot++;
      Sample sample = new Sample(slot * STEP, y[i], Double.NaN, 77);
      forecaster.observe(sample);
      other.observe(sample);
    }
    assertThat(encoded(other)).isEqualTo(encoded(forecaster));
    assertThat(other.forecasts()).isEqualTo(forecaster.forecasts());
  }

  @Test
  void a_state_of_another_configuration_or_cut_short_is_refused() throws IOException {
    feed(100, 0, i -> i);
    byte[] state = encoded(forecaster);
    ForecastConfig other =
        new ForecastConfig(Duration.ofMillis(STEP), List.of(Duration.ofMinutes(7)));
    assertThatThrownBy(
            () -> Forecaster.decode(new DataInputStream(new ByteArrayInputStream(state)), other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another configuration");
    assertThatThrownBy(
            () ->
                Forecaster.decode(
                    new DataInputStream(new ByteArrayInputStream(state, 0, state.length / 2)),
                    CONFIG))
        .isInstanceOf(IOException.class);
  }

  @Test
  void works_on_a_grid_of_a_second() {
    Forecaster quick =
        new Forecaster(
            new ForecastConfig(
                Duration.ofSeconds(1), List.of(Duration.ofSeconds(1), Duration.ofSeconds(10))));
    for (int i = 0; i < 60; i++) {
      quick.observe(new Sample(i * 1000L, i, Double.NaN, 0));
    }
    assertThat(quick.forecasts().get(1).value()).isCloseTo(69, within(3.0));
  }

  @Test
  void horizons_that_cannot_be_are_refused() {
    Duration step = Duration.ofMillis(STEP);
    assertThatThrownBy(() -> new ForecastConfig(step, List.of()))
        .hasMessageContaining("0 horizons");
    assertThatThrownBy(() -> new ForecastConfig(step, List.of(Duration.ofSeconds(1))))
        .hasMessageContaining("shorter than the interval");
    assertThatThrownBy(
            () -> new ForecastConfig(step, List.of(Duration.ofMinutes(5), Duration.ofMinutes(5))))
        .hasMessageContaining("twice");
  }

  private static byte[] encoded(Forecaster forecaster) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    forecaster.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
