package dev.tidemark.exporter.health;

import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target made up for a test. */
final class Patient implements Vitals {
  private static final double NONE = Double.NaN;

  private final Map<String, Double> values = new HashMap<>();
  private final Map<String, Judgement> judged = new HashMap<>();
  private ProcessMemory memory = new ProcessMemory();
  private long age = -1;

  Patient with(String id, double value) {
    values.put(id, value);
    return this;
  }

  Patient without(String id) {
    values.remove(id);
    return this;
  }

  Patient aged(Duration time) {
    age = time.toMillis();
    return this;
  }

  Patient remembering(ProcessMemory other) {
    memory = other;
    return this;
  }

  Patient flat(String id, double value) {
    return judged(id, value, LeakState.NONE, false, 0);
  }

  Patient rising(String id, double value, double perHour) {
    return judged(id, value, LeakState.NONE, true, perHour / 3600);
  }

  Patient leaking(String id, double value, double perHour) {
    return judged(id, value, LeakState.CONFIRMED, true, perHour / 3600);
  }

  Patient judged(String id, double value, LeakState state, boolean rising, double perSecond) {
    HorizonGrowth growth =
        new HorizonGrowth(Duration.ofHours(1), 3_600_000, perSecond, 0.001, rising, state, "r");
    judged.put(
        id,
        new Judgement(
            1_000,
            value,
            value,
            value * 1.2,
            value * 0.8,
            state == LeakState.NONE ? 0.1 : 2,
            state,
            perSecond,
            List.of(growth),
            NONE,
            86_400_000,
            false,
            false,
            "rising " + perSecond * 3600 + "/h"));
    return this;
  }

  @Override
  public double value(String id) {
    Judgement judgement = judged.get(id);
    return judgement != null ? judgement.value() : values.getOrDefault(id, NONE);
  }

  @Override
  public @Nullable Judgement judged(String id) {
    return judged.get(id);
  }

  @Override
  public long ageMillis() {
    return age;
  }

  @Override
  public ProcessMemory memory() {
    return memory;
  }
}
