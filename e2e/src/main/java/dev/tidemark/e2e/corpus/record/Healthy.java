package dev.tidemark.e2e.corpus.record;

import java.util.ArrayList;
import java.util.List;

/** What services do that is no leak, however much it may look like one. */
final class Healthy {
  private static final double MB_PER_SECOND = 1e6;

  private Healthy() {}

  static List<Behaviour> all() {
    List<Behaviour> all = new ArrayList<>(load());
    all.addAll(memory());
    all.addAll(deployment());
    return all;
  }

  private static List<Behaviour> load() {
    return List.of(
        Behaviour.of("flat", "the same level always", s -> s.one(s.quiet())),
        Behaviour.of(
            "idle",
            "a dozen goroutines and hardly any work",
            s ->
                s.one(
                    s.quiet()
                        .with("traffic", "level", s.draw().between(2, 6))
                        .with("traffic", "noise", 0.3)
                        .plain("alloc", 5e4))),
        Behaviour.of(
            "noisy",
            "a level with much noise",
            s -> s.one(s.quiet().with("traffic", "noise", s.draw().between(0.1, 0.25)))),
        Behaviour.of(
            "diurnal",
            "a strong daily wave",
            s -> s.one(s.usual().with("traffic", "swing", s.draw().between(0.4, 0.8)))),
        Behaviour.of(
            "weekend",
            "a daily wave, and weekends with much less traffic",
            s ->
                s.one(
                    s.usual()
                        .with("traffic", "swing", s.draw().between(0.3, 0.6))
                        .with("traffic", "weekend", s.draw().between(0.3, 0.6)))),
        Behaviour.of(
            "traffic-step",
            "traffic that jumps to a new level and stays there",
            s ->
                s.one(
                    s.usual()
                        .with("traffic", "step-at", s.draw().between(0.2, 0.8) * s.hours())
                        .with("traffic", "step-by", s.draw().between(1.3, 2.5)))),
        Behaviour.of(
            "traffic-growth",
            "traffic that grows by 2 to 5 % a day",
            s -> s.one(s.usual().with("traffic", "growth", s.draw().between(0.02, 0.05)))),
        Behaviour.of(
            "nightly-batch",
            "a job of one to three hours every night",
            s ->
                s.one(
                    s.usual()
                        .with("traffic", "batch-at", s.draw().between(0, 5))
                        .with("traffic", "batch-for", s.draw().between(1, 3))
                        .with("traffic", "batch-by", s.draw().between(2, 4)))),
        Behaviour.of(
            "bursts",
            "bursts of a quarter of an hour at any time",
            s ->
                s.one(
                    s.usual()
                        .with("traffic", "bursts", s.draw().between(2, 6))
                        .with("traffic", "burst-for", s.draw().between(0.1, 0.5))
                        .with("traffic", "burst-by", s.draw().between(1.5, 4)))),
        Behaviour.of(
            "surge",
            "a campaign that doubles traffic for half a day, once or twice",
            s ->
                s.one(
                    s.usual()
                        .with("traffic", "bursts", s.draw().between(0.1, 0.3))
                        .with("traffic", "burst-for", s.draw().between(6, 14))
                        .with("traffic", "burst-by", s.draw().between(1.5, 2.5)))),
        Behaviour.of(
            "wander",
            "a level that wanders over hours",
            s ->
                s.one(
                    s.usual()
                        .with("traffic", "wander", s.draw().between(0.1, 0.25))
                        .with("traffic", "tau", s.draw().between(3, 12)))),
        new Behaviour("ha-duplicates", "a daily wave, recorded twice", true, s -> s.one(s.usual())),
        Behaviour.of(
            "scrape-gaps",
            "a daily wave with hours in which it cannot be scraped",
            s -> s.one(s.usual().plain("gaps", gaps(s)))));
  }

  static String gaps(Scene s) {
    StringBuilder gaps = new StringBuilder();
    for (int i = s.draw().count(3, 6); i > 0; i--) {
      double from = s.draw().between(0, s.hours());
      gaps.append(Flags.number(from)).append(':');
      gaps.append(Flags.number(s.draw().evenlyInLog(0.1, 5))).append(' ');
    }
    return gaps.toString().strip();
  }

  private static List<Behaviour> memory() {
    return List.of(
        Behaviour.of(
            "cache-warming",
            "a cache that fills for hours after each start and then stays",
            s ->
                s.restarted(
                    s.usual()
                        .with("memory", "cache-mb", s.draw().between(10, 30))
                        .with("memory", "cache-tau", s.draw().evenlyInLog(2, 12)),
                    List.of(s.draw().between(0.4, 0.6) * s.hours()))),
        Behaviour.of(
            "cache-flush",
            "a cache that fills and is emptied every half day to day and a half",
            s ->
                s.one(
                    s.usual()
                        .with("memory", "cache-mb", s.draw().between(10, 30))
                        .with("memory", "cache-tau", s.draw().between(5, 20))
                        .with("memory", "flush-every", s.draw().between(11, 36)))),
        Behaviour.of(
            "pool-growing",
            "a worker pool that grows to a plateau after each start",
            s ->
                s.restarted(
                    s.usual()
                        .with("pool", "idle", s.draw().between(5, 20))
                        .with("pool", "to", s.draw().between(150, 500))
                        .with("pool", "tau", s.draw().evenlyInLog(2, 12)),
                    List.of(s.draw().between(0.4, 0.6) * s.hours()))),
        Behaviour.of(
            "sawtooth",
            "much garbage in large objects and rare collections",
            s ->
                s.one(
                    s.usual()
                        .plain("alloc", s.draw().between(2, 4) * MB_PER_SECOND)
                        .plain("mix", 0.9)
                        .plain("gogc", s.draw().count(100, 200))
                        .with("memory", "forced-gc", 0))),
        Behaviour.of(
            "gogc",
            "GOGC far from 100",
            s ->
                s.one(
                    s.usual()
                        .plain("gogc", s.draw().coin() ? 400 : 30)
                        .with("memory", "request-kb", s.draw().between(10, 30))
                        .with("memory", "forced-gc", 0))),
        Behaviour.of(
            "gomemlimit",
            "GOGC off, the heap kept by GOMEMLIMIT alone",
            s ->
                s.one(
                    s.usual()
                        .plain("gogc", -1)
                        .plain("alloc", s.draw().between(1, 3) * MB_PER_SECOND)
                        .with("memory", "limit-mb", s.draw().between(40, 70))
                        .with("memory", "forced-gc", 0))),
        Behaviour.of(
            "mapped",
            "memory outside of the heap, mapped once",
            s -> s.one(s.usual().with("memory", "mapped-mb", s.draw().between(15, 40)))));
  }

  private static List<Behaviour> deployment() {
    return List.of(
        Behaviour.of(
            "deploy",
            "its process is started again a few times",
            s -> s.restarted(s.usual(), hours(s, s.draw().count(2, 5)))),
        Behaviour.of("restart-loop", "it crashes every few hours", Healthy::crashing),
        Behaviour.of(
            "rolling-deploy",
            "three pods, replaced one by one every day",
            s -> new Rollout(s, 3).daily(s.usual())),
        Behaviour.of(
            "autoscaled",
            "two pods, and two more by day",
            s -> new Rollout(s, 2).withHelpersByDay(s.usual())),
        Behaviour.of(
            "uneven-peers",
            "four pods of one workload, each with a level of its own",
            s -> {
              List<Pod> pods = new ArrayList<>();
              String replicaSet = s.draw().hash(9);
              for (int i = 0; i < 4; i++) {
                pods.add(s.pod(s.podName(replicaSet), s.usual(), Pod.forEver(), null));
              }
              return pods;
            }));
  }

  private static List<Double> hours(Scene s, int count) {
    List<Double> hours = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hours.add(s.draw().between(0.03, 0.97) * s.hours());
    }
    hours.sort(null);
    return hours;
  }

  private static List<Pod> crashing(Scene s) {
    List<Double> at = new ArrayList<>();
    double usually = s.draw().evenlyInLog(1.5, 8);
    for (double hour = usually; hour < s.hours(); hour += usually * s.draw().between(0.5, 1.5)) {
      at.add(hour);
    }
    return s.restarted(s.usual(), at);
  }
}
