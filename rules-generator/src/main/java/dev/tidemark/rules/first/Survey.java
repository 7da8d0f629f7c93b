package dev.tidemark.rules.first;

import static dev.tidemark.signals.metric.SourceMetrics.GO_INFO;
import static dev.tidemark.signals.metric.SourceMetrics.POD_LIMITS;

import dev.tidemark.rules.model.Names;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.Support;
import dev.tidemark.signals.target.Workload;
import dev.tidemark.signals.target.WorkloadResolver;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.prometheus.ScrapedTarget;
import dev.tidemark.toolkit.prometheus.VectorSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks a server which Go services it scrapes. What was there within the last hour counts, so that a
 * service that is down at the moment is found too.
 */
public final class Survey {
  /** A specification of more is not read by eye, and nears the 3 MiB that one may have. */
  private static final int MOST_SERVICES = 2000;

  private static final int LONGEST_VALUE = 1024;
  private static final Duration USUAL = Duration.ofSeconds(30);

  /** A window, and how it moves through the past. */
  private record Window(Duration length, String past, String step) {}

  /** Of a server that has just begun the longer ones say nothing. */
  private static final List<Window> WINDOWS =
      List.of(
          new Window(Duration.ofMinutes(10), "50m", "5m"),
          new Window(Duration.ofMinutes(2), "10m", "1m"));

  private static final List<Integer> INTERVALS = List.of(1, 2, 5, 10, 15, 20, 30, 60, 120, 300);
  private static final String LAST_HOUR = "last_over_time(" + GO_INFO + "[1h])";

  /** What tells targets apart. */
  static final String TARGET_LABELS = "cluster, namespace, job, pod, container, instance";

  private static final String TARGETS = "group by (" + TARGET_LABELS + ") (%s)";

  /** Most samples within a window of the last hour, for a gap has fewer. */
  private static final String SEEN =
      "quantile(0.5, max_over_time((count_over_time(%1$s[%2$s]) and %1$s offset %2$s)[%3$s:%4$s]))";

  private final Answers answers;
  private final Supplier<List<ScrapedTarget>> scraped;
  private final List<Signal> signals = Catalogue.load().signals();
  private final List<String> notes = new ArrayList<>();
  private final Pods now;
  private Pods lately;

  /** What kube-state-metrics tells of pods. */
  private record Pods(PodLimits limits, WorkloadResolver workloads) {}

  private Survey(Answers answers, Supplier<List<ScrapedTarget>> scraped) {
    this.answers = answers;
    this.scraped = scraped;
    this.now = pods(POD_LIMITS + "{resource=\"memory\"}", WorkloadResolver.OWNERS_EXPR);
    this.lately = now;
  }

  private Pods pods(String limits, String owners) {
    String here = " and on (namespace, pod) " + LAST_HOUR;
    return new Pods(
        PodLimits.of(
            answers.ask("min by (cluster, namespace, pod, container) (" + limits + ")" + here)),
        WorkloadResolver.fromOwners(
            answers.ask(owners + here).stream().map(VectorSample::labels).toList()));
  }

  /**
   * @param scraped what the server scrapes itself; empty where it does not tell
   */
  public static Surveyed of(Answers answers, Supplier<List<ScrapedTarget>> scraped) {
    return new Survey(answers, scraped).look();
  }

  private Surveyed look() {
    Map<SortedMap<String, String>, List<Map<String, String>>> found = targets(LAST_HOUR);
    Map<SortedMap<String, String>, List<Map<String, String>>> here = targets(GO_INFO);
    List<Map<String, String>> all = here.values().stream().flatMap(List::stream).toList();
    leaveOutRenamed(found, here.keySet(), all);
    boolean someAreGone = !here.keySet().containsAll(found.keySet());
    if (someAreGone) {
      lately =
          pods(
              "last_over_time(" + POD_LIMITS + "{resource=\"memory\"}[1h])",
              "last_over_time((" + WorkloadResolver.OWNERS_EXPR + ")[1h:5m])");
    }
    Exposed exposed = Exposed.ask(answers, signals, /* lately= */ someAreGone);
    ServiceNames names = new ServiceNames();
    List<GoService> services = new ArrayList<>();
    found.forEach(
        (selector, targets) -> {
          if (isUsable(selector) && services.size() < MOST_SERVICES) {
            services.add(
                service(
                    names.of(selector),
                    selector,
                    targets,
                    here.getOrDefault(selector, List.of()).size(),
                    exposed));
          }
        });
    if (found.size() > MOST_SERVICES) {
      notes.add(
          "%d services were found; only %d are written".formatted(found.size(), MOST_SERVICES));
    }
    others();
    boolean exporter =
        !answers.ask("count(last_over_time(" + MetricNames.HISTORY + "[1h]))").isEmpty();
    Duration interval = toldInterval(all).orElseGet(this::seenInterval);
    return new Surveyed(interval, exporter, services, notes);
  }

  /** Where all that is gone is scraped with other labels now, it is not gone. */
  private void leaveOutRenamed(
      Map<SortedMap<String, String>, List<Map<String, String>>> found,
      Set<SortedMap<String, String>> here,
      List<Map<String, String>> targets) {
    Map<SortedMap<String, String>, List<Map<String, String>>> gone = new LinkedHashMap<>(found);
    gone.keySet().removeAll(here);
    List<SortedMap<String, String>> renamed = new Renamed(answers, targets).of(gone);
    found.keySet().removeAll(renamed);
    renamed.forEach(
        selector -> notes.add("left out, its targets have other labels now: " + selector));
  }

  /** Targets by what a service's selector would be, in its order. */
  private Map<SortedMap<String, String>, List<Map<String, String>>> targets(String series) {
    Map<SortedMap<String, String>, List<Map<String, String>>> targets =
        new TreeMap<>(Comparator.comparing(Survey::order));
    for (VectorSample row : answers.ask(TARGETS.formatted(series))) {
      targets.computeIfAbsent(selector(row.labels()), s -> new ArrayList<>()).add(row.labels());
    }
    return targets;
  }

  private static String order(SortedMap<String, String> selector) {
    return Stream.of("job", "namespace", "cluster")
        .map(label -> selector.getOrDefault(label, ""))
        .collect(Collectors.joining("\0"));
  }

  /** Pods by namespace and job; processes by job alone, for a namespace would make pods of them. */
  private static SortedMap<String, String> selector(Map<String, String> labels) {
    SortedMap<String, String> selector = new TreeMap<>();
    List<String> of =
        isPod(labels) ? List.of("cluster", "namespace", "job") : List.of("cluster", "job");
    of.forEach(label -> selector.put(label, labels.getOrDefault(label, "")));
    selector.values().removeIf(String::isEmpty);
    return selector;
  }

  private static boolean isPod(Map<String, String> labels) {
    return !labels.getOrDefault("pod", "").isEmpty()
        && !labels.getOrDefault("namespace", "").isEmpty();
  }

  private boolean isUsable(SortedMap<String, String> selector) {
    if (!selector.containsKey("job") && !selector.containsKey("namespace")) {
      notes.add("some targets have neither job nor namespace: no service can select them");
      return false;
    }
    for (String value : selector.values()) {
      if (value.length() > LONGEST_VALUE || !Names.isHeldByRules(value)) {
        notes.add("left out, no rule can hold this: " + Shown.text(value));
        return false;
      }
    }
    return true;
  }

  private GoService service(
      String name,
      SortedMap<String, String> selector,
      List<Map<String, String>> targets,
      int here,
      Exposed exposed) {
    Set<String> owners = new TreeSet<>();
    Set<Long> bytes = new TreeSet<>();
    // of a service that is there limits of pods that ended are not: they may have been other ones
    Pods known = here > 0 ? now : lately;
    for (Map<String, String> target : targets) {
      known.workloads().resolve(target).map(Survey::words).ifPresent(owners::add);
      known.limits().of(target).ifPresent(bytes::add);
    }
    boolean pods = isPod(targets.get(0));
    Set<String> metrics = exposed.of(selector);
    return new GoService(
        name,
        selector,
        pods,
        here > 0 ? here : targets.size(),
        pods ? List.copyOf(owners) : List.of(),
        bytes.stream().map(ByteSize::new).toList(),
        metrics,
        signals.stream()
            .filter(signal -> pods || isOfProcesses(signal))
            .map(signal -> Support.of(signal, metrics))
            .toList());
  }

  private static String words(Workload workload) {
    return switch (workload.kind()) {
      case DEPLOYMENT -> "Deployment " + workload.name();
      case REPLICA_SET -> "ReplicaSet " + workload.name();
      case STATEFUL_SET -> "StatefulSet " + workload.name();
      case DAEMON_SET -> "DaemonSet " + workload.name();
      case JOB -> "Job " + workload.name();
      case CRON_JOB -> "CronJob " + workload.name();
      case NODE, OTHER, POD_NAME, SCRAPE_JOB, LABELS -> workload.name();
    };
  }

  /** Whether a process tells it itself, in any way; the rest is told of containers and nodes. */
  private static boolean isOfProcesses(Signal signal) {
    Set<String> own = new HashSet<>();
    signal.needs().stream().filter(n -> n.isOfTarget()).forEach(n -> own.add(n.metric()));
    return signal.ways().isEmpty()
        ? own.size() == signal.needs().size()
        : signal.ways().stream().anyMatch(way -> own.containsAll(way.of()));
  }

  /** Services of OpenTelemetry have no go_info; rules could not find their targets. */
  private void others() {
    Map<String, Long> jobs = new LinkedHashMap<>();
    for (VectorSample row :
        answers.ask(
            "count by (namespace, job) ({__name__=~\"go_goroutine_count|process_runtime_go_"
                + "goroutines\"} unless on (namespace, job) "
                + GO_INFO
                + ")")) {
      jobs.merge(row.labels().getOrDefault("job", ""), (long) row.value(), Long::sum);
    }
    jobs.forEach(
        (job, count) ->
            notes.add(
                "job %s counts goroutines as OpenTelemetry does and has no go_info, by which rules"
                        .formatted(Shown.text(job))
                    + " find targets: left out, "
                    + count
                    + (count == 1 ? " target" : " targets")));
  }

  /** As the server says that it scrapes most of these; empty where it says nothing. */
  private Optional<Duration> toldInterval(List<Map<String, String>> targets) {
    Set<List<String>> ours = new HashSet<>();
    targets.forEach(target -> ours.add(scrape(target)));
    SortedMap<Duration, Integer> counts = new TreeMap<>();
    for (ScrapedTarget target : scraped.get()) {
      if (ours.contains(scrape(target.labels()))) {
        interval(target).ifPresent(every -> counts.merge(every, 1, Integer::sum));
      }
    }
    Optional<Duration> most =
        counts.entrySet().stream()
            .max(Map.Entry.<Duration, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey);
    if (counts.size() > 1) {
      notes.add(
          "targets are scraped "
              + counts.entrySet().stream()
                  .map(e -> "every " + PromDuration.format(e.getKey()) + " (" + e.getValue() + ")")
                  .collect(Collectors.joining(", "))
              + ": what most have is written");
    }
    return most;
  }

  /** By which a server tells targets apart that have no other labels. */
  static List<String> scrape(Map<String, String> labels) {
    return List.of(labels.getOrDefault("job", ""), labels.getOrDefault("instance", ""));
  }

  private static Optional<Duration> interval(ScrapedTarget target) {
    try {
      return Optional.of(PromDuration.parse(target.interval())).filter(every -> !every.isZero());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** By the samples of targets that were there for a whole window. */
  private Duration seenInterval() {
    for (Window looked : WINDOWS) {
      Duration window = looked.length();
      double count =
          answers
              .ask(
                  SEEN.formatted(
                      GO_INFO, PromDuration.format(window), looked.past(), looked.step()))
              .stream()
              .mapToDouble(VectorSample::value)
              .findFirst()
              .orElse(0);
      if (count >= 1.5) {
        double seconds = window.toSeconds() / count;
        Duration nearest =
            Duration.ofSeconds(
                INTERVALS.stream()
                    .min(Comparator.comparingDouble(i -> Math.abs(Math.log(i / seconds))))
                    .orElse((int) USUAL.toSeconds()));
        notes.add(
            "the server does not say how often it scrapes these targets: scrapeInterval is "
                + PromDuration.format(nearest)
                + " by the samples of "
                + PromDuration.format(window));
        return nearest;
      }
    }
    notes.add(
        "how often targets are scraped could not be seen: scrapeInterval is 30s, put it right");
    return USUAL;
  }

  /** Kept by pod: containers with their limits in bytes. */
  private record PodLimits(Map<List<String>, Map<String, Long>> byPod) {
    static PodLimits of(List<VectorSample> rows) {
      Map<List<String>, Map<String, Long>> byPod = new HashMap<>();
      for (VectorSample row : rows) {
        if (row.value() >= 1 && row.value() < 0x1p62) {
          byPod
              .computeIfAbsent(pod(row.labels()), pod -> new HashMap<>())
              .put(row.labels().getOrDefault("container", ""), (long) row.value());
        }
      }
      return new PodLimits(byPod);
    }

    /** Of the target's container; where it names none, of the only one that has a limit. */
    Optional<Long> of(Map<String, String> target) {
      Map<String, Long> containers = byPod.getOrDefault(pod(target), Map.of());
      Long named = containers.get(target.getOrDefault("container", ""));
      return named == null && !target.containsKey("container") && containers.size() == 1
          ? containers.values().stream().findFirst()
          : Optional.ofNullable(named);
    }

    private static List<String> pod(Map<String, String> labels) {
      return Stream.of("cluster", "namespace", "pod")
          .map(label -> labels.getOrDefault(label, ""))
          .toList();
    }
  }
}
