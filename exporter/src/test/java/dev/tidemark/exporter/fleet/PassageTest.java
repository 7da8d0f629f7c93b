package dev.tidemark.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.forecast.ForecastConfig;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.exporter.health.HealthConfig;
import dev.tidemark.exporter.health.Lookups;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.Column;
import dev.tidemark.exporter.source.Event;
import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.exporter.source.Lookup;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is judged in long chunks by several threads is what is judged slot by slot by one. */
class PassageTest {
  private static final int SLOTS = 3200;
  private static final List<Signal> SIGNALS =
      Catalogue.load().signals().stream()
          .filter(s -> Set.of("goroutines", "heap_live", "working_set").contains(s.id()))
          .toList();

  private static final List<Lookup> LOOKUPS = Lookups.of(SIGNALS, Catalogue.load());

  private static FleetShape shape(FleetShape.Bounds bounds) throws ProblemsException {
    HealthConfig health = StrictYaml.read("health.yml", "{}", HealthConfig.class);
    ForecastConfig forecast =
        new ForecastConfig(Duration.ofSeconds(30), List.of(Duration.ofMinutes(5)));
    return new FleetShape(
            SIGNALS,
            JudgeConfig.defaults(Duration.ofSeconds(30)),
            Duration.ofMinutes(5),
            bounds,
            List.of(),
            List.of(),
            Set.of(),
            Map.of("goroutines", 10_000.0))
        .caringFor(
            new CareShape(
                Optional.of(health), LOOKUPS, Optional.of(forecast), Set.of("goroutines")));
  }

  /** All that happened to a fleet, which any chunk can be cut from. */
  private static final class World {
    final Map<Map<String, String>, double[][]> pods = new TreeMap<>(World::byPod);
    final List<Event> came = new ArrayList<>();
    final List<Event> starts = new ArrayList<>();
    final List<Event> containers = new ArrayList<>();
    final List<LimitTable> tables = new ArrayList<>();
    final Random random;

    World(long seed) {
      random = new Random(seed);
      for (int w = 0; w < 5; w++) {
        rollouts("w" + w);
      }
      pod("short-0", 5, 9); // is freed, forgotten, and comes again
      pod("short-0", 3100, 3150);
      pod("rests-0", 0, 40);
      pod("rests-0", 200, 300);
      tables();
      came.sort((a, b) -> Long.compare(a.slot(), b.slot()));
      starts.sort((a, b) -> Long.compare(a.slot(), b.slot()));
      containers.sort((a, b) -> Long.compare(a.slot(), b.slot()));
    }

    private static int byPod(Map<String, String> a, Map<String, String> b) {
      return a.getOrDefault("pod", "").compareTo(b.getOrDefault("pod", ""));
    }

    /** One set of pods after another, a few slots apart. */
    private void rollouts(String name) {
      int members = 1 + random.nextInt(6);
      int from = random.nextInt(60);
      for (int release = 0; from < SLOTS; release++) {
        int to = from + 100 + random.nextInt(2500);
        for (int i = 0; i < members; i++) {
          pod(name + "-7d9f8c6b" + release + "-x2k" + i, from + 2 * i, Math.min(SLOTS, to + 2 * i));
        }
        from = to + random.nextInt(6) - 3;
      }
    }

    private void pod(String name, int from, int to) {
      Map<String, String> labels = Scene.pod(name);
      double[][] values = pods.computeIfAbsent(labels, l -> new double[SIGNALS.size()][]);
      came.add(new Event(Scene.at(from), labels, 1));
      boolean told = random.nextInt(4) > 0;
      double leak = random.nextInt(5) == 0 ? 0.01 : 0;
      for (int s = 0; s < values.length; s++) {
        if (values[s] == null) {
          values[s] = new double[SLOTS];
          Arrays.fill(values[s], Double.NaN);
        }
        int gapFrom = from + random.nextInt(to - from);
        int gapTo = gapFrom + random.nextInt(200);
        for (int i = from; i < to && i < SLOTS; i++) {
          boolean gap = (i >= gapFrom && i < gapTo) || random.nextInt(50) == 0;
          double value = level(s) * (1 + leak * (i - from) + 0.1 * random.nextGaussian());
          values[s][i] = gap ? Double.NaN : random.nextInt(900) == 0 ? 1 / 0.0 : value;
        }
      }
      for (int at = from; at < to; at += 300 + random.nextInt(3000)) {
        List<Event> into = told ? starts : containers;
        into.add(new Event(Scene.at(at), labels, Scene.at(at) / 1000.0 - 20));
      }
    }

    private static double level(int signal) {
      return 100 * Math.pow(1000, signal);
    }

    /** Limits that change now and then, and are told again and again. */
    private void tables() {
      double[] times = {5, 5, 5};
      Map<TargetKey, Double> restarts = new HashMap<>();
      for (int i = 0; i < SLOTS; i += 10) {
        if (random.nextInt(10) == 0) {
          times[random.nextInt(3)] = 1.5 + random.nextInt(40);
        }
        for (int s = 0; s < SIGNALS.size(); s++) {
          Signal signal = SIGNALS.get(s);
          if (signal.limit() != null) {
            Map<TargetKey, Double> table = new HashMap<>();
            double value = times[s] * level(s);
            pods.keySet().forEach(pod -> table.put(TargetKey.of(pod).orElseThrow(), value));
            tables.add(new LimitTable(Scene.at(i), signal.limit(), table));
          }
        }
        for (Lookup lookup : LOOKUPS) {
          if ((lookup.wholeHistory() || i % 40 == 0) && random.nextInt(30) > 0) {
            pods.keySet().stream()
                .filter(pod -> random.nextInt(200) == 0)
                .forEach(p -> restarts.merge(TargetKey.of(p).orElseThrow(), 1.0, Double::sum));
            tables.add(new LimitTable(Scene.at(i), lookup.name(), restarts));
          }
        }
      }
    }

    Chunk chunk(int from, int slots) {
      long first = Scene.at(from);
      long last = Scene.at(from + slots - 1);
      Map<Signal, Map<TargetKey, Column>> samples = new HashMap<>();
      for (int s = 0; s < SIGNALS.size(); s++) {
        Map<TargetKey, Column> columns = new HashMap<>();
        for (Map.Entry<Map<String, String>, double[][]> pod : pods.entrySet()) {
          Column column = new Column(slots);
          for (int i = 0; i < slots; i++) {
            column.merge(i, pod.getValue()[s][from + i]);
          }
          if (column.filled() > 0) {
            columns.put(TargetKey.of(pod.getKey()).orElseThrow(), column);
          }
        }
        samples.put(SIGNALS.get(s), columns);
      }
      return new Chunk(
          first,
          slots,
          Scene.STEP,
          samples,
          between(came, first, last),
          between(starts, first, last),
          between(containers, first, last),
          tables.stream().filter(t -> t.slot() >= first && t.slot() <= last).toList(),
          List.of(),
          Map.of(),
          new Chunk.Rejected(0, 0, 0));
    }

    private static List<Event> between(List<Event> events, long first, long last) {
      return events.stream().filter(e -> e.slot() >= first && e.slot() <= last).toList();
    }
  }

  private static final class Counts implements FleetListener {
    final List<Refusal> refusals = new ArrayList<>();
    int ignored;

    @Override
    public void seriesRefused(Refusal reason) {
      refusals.add(reason);
    }

    @Override
    public void sampleIgnored() {
      ignored++;
    }
  }

  private static byte[] state(Fleet fleet) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fleet.encode(bytes);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void any_chunks_and_any_threads_end_like_one_slot_at_a_time(long seed) throws Exception {
    World world = new World(seed);
    FleetShape shape = shape(new FleetShape.Bounds(seed % 2 == 0 ? 30 : 1000, 4));
    Counts alone = new Counts();
    Fleet slotBySlot = new Fleet(shape, alone, 1);
    Counts together = new Counts();
    Fleet chunked = new Fleet(shape, together, 3);
    Random random = new Random(seed);
    for (int from = 0; from < SLOTS; ) {
      int slots = Math.min(SLOTS - from, 1 + random.nextInt(700));
      for (int i = from; i < from + slots; i++) {
        slotBySlot.apply(world.chunk(i, 1));
      }
      chunked.apply(world.chunk(from, slots));
      from += slots;
      assertThat(state(chunked)).as("seed %s, slot %s", seed, from).isEqualTo(state(slotBySlot));
    }
    Instant now = Instant.ofEpochMilli(Scene.at(SLOTS));
    assertThat(chunked.snapshot(now, SnapshotShape.NO_QUANTILES))
        .as("seed %s", seed)
        .isEqualTo(slotBySlot.snapshot(now, SnapshotShape.NO_QUANTILES));
    assertThat(together.ignored).as("seed %s", seed).isEqualTo(alone.ignored).isPositive();
    assertThat(together.refusals).as("seed %s", seed).isEqualTo(alone.refusals);
  }

  @Test
  void an_onlooker_sees_what_is_known_after_its_slot_and_not_more() throws Exception {
    World world = new World(5);
    FleetShape shape = shape(new FleetShape.Bounds(1000, 50));
    Fleet slotBySlot = new Fleet(shape, new Counts(), 1);
    Fleet chunked = new Fleet(shape, new Counts(), 2);
    List<Long> seen = new ArrayList<>();
    Onlooker onlooker =
        new Onlooker() {
          private int next;

          @Override
          public boolean wants(long slot) {
            return slot % 600_000 == 0;
          }

          @Override
          public void judged(long slot) {
            seen.add(slot);
            while (Scene.at(next) <= slot) {
              slotBySlot.apply(world.chunk(next++, 1));
            }
            try {
              assertThat(state(chunked)).isEqualTo(state(slotBySlot));
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
            assertThat(samples(chunked)).isEqualTo(samples(slotBySlot)).isNotEmpty();
          }
        };
    chunked.apply(world.chunk(0, 400), onlooker);
    assertThat(seen).hasSize(20);
  }

  private static List<Judgement> samples(Fleet fleet) {
    List<Judgement> judged = new ArrayList<>();
    fleet.tellJudged((target, signal, judgement) -> judged.add(judgement));
    return judged;
  }

  @Test
  void what_one_thread_throws_is_thrown_when_all_have_stopped() {
    for (int hands = 1; hands <= 3; hands++) {
      Crew crew = new Crew(hands);
      List<Runnable> tasks = new ArrayList<>();
      int[] working = new int[1];
      for (int i = 0; i < 50; i++) {
        int number = i;
        tasks.add(
            () -> {
              synchronized (working) {
                working[0]++;
              }
              try {
                if (number == 7) {
                  throw new StackOverflowError("deep");
                }
              } finally {
                synchronized (working) {
                  working[0]--;
                }
              }
            });
      }
      assertThatThrownBy(() -> crew.work(tasks)).isInstanceOf(StackOverflowError.class);
      assertThat(working[0]).as("%s hands", hands).isZero();
      List<Integer> done = Collections.synchronizedList(new ArrayList<>());
      crew.work(List.of(() -> done.add(1), () -> done.add(2), () -> done.add(3)));
      assertThat(done).as("%s hands", hands).containsExactlyInAnyOrder(1, 2, 3);
    }
  }
}
