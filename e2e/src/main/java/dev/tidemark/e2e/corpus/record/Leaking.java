package dev.tidemark.e2e.corpus.record;

import dev.tidemark.e2e.corpus.data.Leak;
import java.util.ArrayList;
import java.util.List;

/** What services do that ends at a limit. */
final class Leaking {
  /** A small service stalls or is killed here; the corpus' processes have to be small. */
  static final double GOROUTINES = 4_000;

  static final double MEGABYTES = 128;

  private static final double MIB = 1 << 20;
  private static final double RUNTIME_MB = 18;

  private Leaking() {}

  /** How long after its start a leak takes to the limit, as drawn. */
  private enum Pace {
    FAST(2, 8),
    MEDIUM(8, 30),
    SLOW(30, 90);

    private final double least;
    private final double most;

    Pace(double least, double most) {
      this.least = least;
      this.most = most;
    }

    double hours(Scene s) {
      return s.draw().evenlyInLog(least, most) * s.hours() / 168;
    }
  }

  static List<Behaviour> all() {
    List<Behaviour> all = new ArrayList<>(goroutines());
    all.addAll(memory());
    return all;
  }

  private static List<Behaviour> goroutines() {
    return List.of(
        goroutine("leak-chan-fast", "sends that nobody receives, a few hours", "chan", Pace.FAST),
        goroutine("leak-chan", "sends that nobody receives, a day", "chan", Pace.MEDIUM),
        goroutine("leak-chan-slow", "sends that nobody receives, days", "chan", Pace.SLOW),
        goroutine("leak-recv", "receives that nobody answers", "recv", Pace.MEDIUM),
        goroutine("leak-select", "a select without a timer", "select", Pace.SLOW),
        goroutine("leak-mutex", "a mutex that is never unlocked", "mutex", Pace.FAST),
        goroutine("leak-wait", "a WaitGroup that nobody ends", "wait", Pace.MEDIUM),
        goroutine("leak-ticker", "tickers that are never stopped", "ticker", Pace.SLOW),
        goroutine("leak-buffer", "goroutines that hold 16 KB each", "buffer", Pace.MEDIUM),
        Behaviour.of(
            "leak-request",
            "one goroutine in so many requests, so with the traffic",
            s -> leaking(s, of(s, "chan", Pace.SLOW).with("leak", "coupled", 1), "chan")),
        Behaviour.of(
            "leak-steps",
            "goroutines lost all at once every few hours",
            s ->
                leaking(
                    s,
                    of(s, "wait", Pace.SLOW).with("leak", "every", s.draw().between(1, 4)),
                    "wait")),
        Behaviour.of(
            "leak-late",
            "nothing for most of the week, then a leak",
            s ->
                leaking(
                    s,
                    of(s, "select", Pace.MEDIUM)
                        .with("leak", "after", s.draw().between(0.62, 0.8) * s.hours()),
                    "select")),
        Behaviour.of(
            "leak-idle",
            "a leak in a service that hardly works",
            s ->
                leaking(
                    s,
                    of(s, "select", Pace.MEDIUM)
                        .with("traffic", "level", s.draw().between(2, 6))
                        .plain("alloc", 5e4),
                    "select")),
        new Behaviour(
            "leak-twice-recorded",
            "a leak that two replicas recorded",
            true,
            s -> leaking(s, of(s, "recv", Pace.MEDIUM), "recv")),
        Behaviour.of(
            "leak-with-gaps",
            "a leak with hours in which it cannot be scraped",
            s -> leaking(s, of(s, "chan", Pace.SLOW).plain("gaps", Healthy.gaps(s)), "chan")),
        Behaviour.of("leak-one-peer", "one of four pods of a workload leaks", Leaking::onePeer),
        Behaviour.of(
            "leak-deployed", "a new version leaks from its first minute", Leaking::deployed));
  }

  private static List<Behaviour> memory() {
    return List.of(
        memory("leak-map-fast", "a map that only grows, a few hours", "map", Pace.FAST),
        memory("leak-map", "a map that only grows", "map", Pace.SLOW),
        memory("leak-slice", "a slice that only grows", "slice", Pace.MEDIUM),
        memory(
            "leak-cache",
            "a cache without eviction whose finalizers never run",
            "finalizer",
            Pace.MEDIUM),
        Behaviour.of(
            "leak-gomemlimit",
            "a map that only grows under GOMEMLIMIT: the collector works, memory seems to stand still",
            s -> leaking(s, of(s, "map", Pace.MEDIUM).with("memory", "limit-mb", 100), "map")),
        memory("leak-mmap", "memory outside of the heap", "mmap", Pace.MEDIUM),
        memory("leak-stack", "stacks that grow while their number stays", "stack", Pace.MEDIUM));
  }

  private static Behaviour goroutine(String name, String text, String kind, Pace pace) {
    return Behaviour.of(name, text, s -> leaking(s, of(s, kind, pace), kind));
  }

  private static Behaviour memory(String name, String text, String kind, Pace pace) {
    return Behaviour.of(name, text, s -> leaking(s, of(s, kind, pace), kind));
  }

  /** The usual service with a leak that begins in the middle of the recording. */
  private static Flags of(Scene s, String kind, Pace pace) {
    Flags flags =
        s.usual()
            .kind("leak", kind)
            .with("leak", "after", s.draw().between(0.36, 0.45) * s.hours())
            .with("limit", "goroutines", GOROUTINES)
            .with("limit", "mb", MEGABYTES);
    double hours = pace.hours(s);
    return flags.with("leak", "per-hour", toLimit(s, kind) / hours);
  }

  /** Goroutines or kilobytes from the usual level to the limit. */
  private static double toLimit(Scene s, String kind) {
    return switch (kind) {
      case "map", "slice", "finalizer" ->
          (MEGABYTES - RUNTIME_MB) * 1024 / (s.draw().coin() ? 2 : 1.5);
      case "mmap", "stack" -> (MEGABYTES - 2 * RUNTIME_MB) * 1024;
      default -> GOROUTINES - 300;
    };
  }

  private static List<Pod> leaking(Scene s, Flags flags, String kind) {
    return List.of(s.pod(s.podName(s.draw().hash(9)), flags, Pod.forEver(), leak(flags, kind, 0)));
  }

  /** What the flags make true; hours stand where labels have seconds. */
  private static Leak leak(Flags flags, String kind, double born) {
    double start = Math.max(born, flags.number("leak", "after"));
    double perHour = flags.number("leak", "per-hour");
    return switch (kind) {
      case "map", "slice", "finalizer" ->
          ofMemory(kind, "heap_live", List.of("heap_live", "heap_inuse", "rss"), start, perHour);
      case "mmap" -> ofMemory(kind, "rss", List.of("rss"), start, perHour);
      case "stack" ->
          ofMemory(
              kind,
              "stack_inuse",
              List.of("stack_inuse", "stack_per_goroutine", "rss"),
              start,
              perHour);
      case "buffer" ->
          new Leak(
              kind,
              "goroutines",
              goroutinesRaise(),
              start,
              perHour,
              MEGABYTES * MIB,
              "rss",
              null,
              false);
      default ->
          new Leak(
              kind,
              "goroutines",
              goroutinesRaise(),
              start,
              perHour,
              GOROUTINES,
              "goroutines",
              null,
              false);
    };
  }

  private static Leak ofMemory(
      String kind, String signal, List<String> raises, double start, double kilobytesPerHour) {
    double perHour = kilobytesPerHour * 1024;
    return new Leak(kind, signal, raises, start, perHour, MEGABYTES * MIB, "rss", null, false);
  }

  private static List<String> goroutinesRaise() {
    return List.of("goroutines", "stack_inuse", "heap_live", "heap_inuse", "rss");
  }

  private static List<Pod> onePeer(Scene s) {
    Flags leaking = of(s, "chan", Pace.SLOW);
    Flags healthy = leaking.without("leak");
    String replicaSet = s.draw().hash(9);
    List<Pod> pods = new ArrayList<>();
    pods.add(s.pod(s.podName(replicaSet), leaking, Pod.forEver(), leak(leaking, "chan", 0)));
    for (int i = 0; i < 3; i++) {
      pods.add(s.pod(s.podName(replicaSet), healthy, Pod.forEver(), null));
    }
    return pods;
  }

  private static List<Pod> deployed(Scene s) {
    Flags bad = of(s, "recv", Pace.MEDIUM).with("leak", "after", 0);
    Flags good = bad.without("leak");
    double deploy = s.draw().between(0.4, 0.55) * s.hours();
    String before = s.draw().hash(9);
    String after = s.draw().hash(9);
    List<Pod> pods = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      double at = deploy + i * 0.05;
      pods.add(s.pod(s.podName(before), good, List.of(new Pod.Run(0, at)), null));
      pods.add(
          s.pod(
              s.podName(after),
              bad,
              List.of(new Pod.Run(at - 0.02, Double.POSITIVE_INFINITY)),
              leak(bad, "recv", at - 0.02)));
    }
    return pods;
  }
}
