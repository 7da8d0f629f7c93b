package dev.tidemark.webhook.dispatch;

import static dev.tidemark.webhook.journal.Sent.T0;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.QueryResult;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import dev.tidemark.toolkit.prometheus.VectorSample;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.webhook.evidence.EvidenceFolder;
import dev.tidemark.webhook.journal.Arrival;
import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.journal.SqliteJournal;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.playbook.LoadedPlaybook;
import dev.tidemark.webhook.playbook.PlaybookFiles;
import dev.tidemark.webhook.playbook.PolicySpec;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.playbook.StepSpec;
import dev.tidemark.webhook.policy.Seen;
import dev.tidemark.webhook.recheck.PromQuery;
import dev.tidemark.webhook.recheck.Recheck;
import dev.tidemark.webhook.route.Routes;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.Step;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.StepResult;
import dev.tidemark.webhook.step.diagnose.DiagnoseStep;
import dev.tidemark.webhook.step.diagnose.GoroutineDumpReader;
import dev.tidemark.webhook.step.pprof.PprofStep;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The webhook in one thread with a clock that is moved by hand, beside a world that outlives its
 * deaths: a target with a leak, a supervisor that restarts it and remembers the keys it has seen,
 * somebody who reads messages.
 */
final class World implements CrashHook, AutoCloseable {
  private static final Catalogue SIGNALS = Catalogue.load();

  static final String DUMP =
      """
      goroutine profile: total 1002
      1000 @ 0x43a0 0x40f1
      #\t0x40f0\tmain.(*queue).push+0x50\t/app/queue.go:41

      2 @ 0x43a0
      #\t0x439f\tmain.main+0x10\t/app/main.go:9
      """;

  final Path folder;
  Instant now = T0;
  Journal journal;
  Dispatcher dispatcher;
  Housekeeping housekeeping;

  /** What survives. */
  final List<String> restarts = new ArrayList<>();

  final Set<String> keysSeen = new HashSet<>();
  final List<String> told = new ArrayList<>();
  final List<String> fetched = new ArrayList<>();
  int effects;
  int looks;

  /** What the world is like. */
  Seen.State alertmanager = Seen.State.FIRING;

  boolean prometheusDown;
  boolean vanishes;
  boolean stillLeaks;
  boolean autoAllowed = true;
  String lostAnswer = "";
  StepResult.Status restartAnswers = StepResult.Status.OK;
  Settlement settleAnswers = new Settlement.Unknown("asked nobody");
  boolean canSettle = true;
  double promqlValue = 100;
  int captureFailures;
  Runnable whileCapturing = () -> {};

  /** Alerts with a label {@code poison}: {@code plan} or {@code run} says where we fail on them. */
  private static void poison(StepContext context, String where) {
    if (where.equals(context.episode().labels().get("poison"))) {
      throw new IllegalStateException("a mistake in the program");
    }
  }

  /** Where to die: at the n-th passing of any point; 0 never. */
  int dieAt;

  int passed;
  final List<CrashPoint> points = new ArrayList<>();

  private List<LoadedPlaybook> playbooks = List.of();
  private List<StaticTarget> targets =
      List.of(
          new StaticTarget(
              "payments",
              URI.create("http://127.0.0.1:6060/debug/pprof"),
              Map.of("job", "pay"),
              null));
  private EvidenceFolder evidence;

  World(Path folder) {
    this.folder = folder;
    this.journal = open();
    this.evidence = new EvidenceFolder(folder.resolve("evidence"), this);
    this.dispatcher = dispatcher();
    this.housekeeping = new Housekeeping(journal, evidence, this::setup);
  }

  World playbook(String yaml) {
    List<LoadedPlaybook> more = new ArrayList<>(playbooks);
    try {
      more.add(PlaybookFiles.reread("playbook.yml", yaml));
    } catch (ProblemsException e) {
      throw new IllegalArgumentException(e);
    }
    playbooks = more;
    return this;
  }

  World targets(StaticTarget... all) {
    targets = List.of(all);
    return this;
  }

  void send(Arrival arrival) {
    try {
      journal.append(arrival).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Halt halt) {
        throw halt;
      }
      throw e;
    }
  }

  /** What is due now. */
  void run() {
    dispatcher.runDue(now);
  }

  /** Lets time pass in steps, doing what is due at each. */
  void pass(Duration time, Duration step) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plus(step);
      run();
    }
  }

  void pass(double seconds) {
    pass(Duration.ofMillis(Math.round(seconds * 1000)), Duration.ofSeconds(1));
  }

  /** After a death: what is on disk, and nothing else. */
  void restart() {
    journal.close();
    journal = open();
    evidence = new EvidenceFolder(folder.resolve("evidence"), this);
    dispatcher = dispatcher();
    housekeeping = new Housekeeping(journal, evidence, this::setup);
  }

  @Override
  public void reached(CrashPoint point) {
    points.add(point);
    passed++;
    if (passed == dieAt) {
      throw new Halt("at " + point.text() + ", passing " + passed);
    }
  }

  @Override
  public void close() {
    journal.close();
  }

  List<StepRecord> steps() {
    return journal.steps(only());
  }

  String only() {
    return journal.episodes(null, 2, null).items().get(0).id();
  }

  private Journal open() {
    return SqliteJournal.open(
        folder, 1000, new SqliteJournal.Watching(SqliteJournal.Watching.NOBODY.metrics(), this));
  }

  private Dispatcher dispatcher() {
    InstantSource clock = () -> now;
    Executor here = Runnable::run;
    return new Dispatcher(
        journal,
        this::setup,
        clock,
        here,
        new Dispatcher.Watching(new DispatchMetrics(new PrometheusRegistry()), this));
  }

  private Setup setup() {
    Recheck am =
        (episode, at) -> {
          looks++;
          return new Seen("alertmanager", alertmanager, "says " + alertmanager);
        };
    Map<PolicySpec.Recheck, Recheck> rechecks = new HashMap<>();
    rechecks.put(PolicySpec.Recheck.ALERTMANAGER, am);
    return new Setup(
        new Routes(playbooks),
        targets,
        "test",
        autoAllowed,
        this::step,
        SIGNALS,
        new Leak(),
        rechecks,
        new Setup.Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofHours(6)));
  }

  private Step step(StepSpec spec) {
    if (spec.pprof() != null) {
      return new PprofStep(
          spec.pprof(),
          (target, profile, file, maxBytes, timeout) -> {
            fetched.add(profile.toString());
            whileCapturing.run();
            if (captureFailures > 0) {
              captureFailures--;
              throw new java.io.IOException("the target does not answer");
            }
            Files.writeString(file, profile.isText() ? DUMP : "binary");
          },
          evidence);
    }
    if (spec.diagnose() != null) {
      return new DiagnoseStep(evidence, new GoroutineDumpReader());
    }
    return spec.http() != null ? new Restart() : new Tell(spec);
  }

  /** The http step, with a supervisor that knows a repeat by its key. */
  private final class Restart implements Step {
    @Override
    public String intent(StepContext context) {
      poison(context, "plan");
      return "restart " + context.target().name();
    }

    @Override
    public boolean changesTarget() {
      return true;
    }

    @Override
    public StepResult run(StepContext context) {
      poison(context, "run");
      effects++;
      if (restartAnswers == StepResult.Status.FAILED) {
        return StepResult.failed("answered 500");
      }
      if (keysSeen.add(context.stepId())) {
        restarts.add(context.stepId() + " at " + now);
      }
      return restartAnswers == StepResult.Status.OK
          ? StepResult.ok("answered 200")
          : StepResult.unsettled("no answer");
    }

    @Override
    public Settlement settle(StepContext context) {
      poison(context, "run");
      if (!canSettle) {
        return settleAnswers;
      }
      return keysSeen.contains(context.stepId())
          ? new Settlement.Ended(StepResult.ok("has happened"))
          : new Settlement.Repeat("has not happened");
    }
  }

  private final class Tell implements Step {
    private final StepSpec spec;

    Tell(StepSpec spec) {
      this.spec = spec;
    }

    @Override
    public String intent(StepContext context) {
      return "tell";
    }

    @Override
    public boolean changesTarget() {
      return false;
    }

    @Override
    public StepResult run(StepContext context) {
      told.add(java.util.Objects.requireNonNull(spec.tell()).text().fill(context.values()));
      return StepResult.ok("told");
    }

    @Override
    public Settlement settle(StepContext context) {
      return new Settlement.Repeat("again");
    }
  }

  /** Goroutines: 50 a second more, from nothing again after a restart. */
  private final class Leak implements PromQuery {
    @Override
    public QueryResult query(String expr, Instant at) throws PrometheusException {
      if (prometheusDown) {
        throw new PrometheusException(PrometheusException.Reason.UNREACHABLE, "down", null);
      }
      return Double.isNaN(promqlValue)
          ? new QueryResult(List.of(), List.of())
          : new QueryResult(
              List.of(new VectorSample(Map.of(), at.toEpochMilli(), promqlValue)), List.of());
    }

    @Override
    public List<String> queryRange(
        String expr, Instant start, Instant end, Duration step, SeriesSink sink)
        throws PrometheusException {
      if (prometheusDown) {
        throw new PrometheusException(PrometheusException.Reason.UNREACHABLE, "down", null);
      }
      if (vanishes && !restarts.isEmpty()) {
        return List.of();
      }
      sink.begin(Map.of("job", "pay", "instance", "i"));
      for (Instant at = start; !at.isAfter(end); at = at.plus(step)) {
        sink.sample(at.toEpochMilli(), goroutines(at));
      }
      sink.end();
      return List.of();
    }

    private double goroutines(Instant at) {
      double seconds = Duration.between(T0.minusSeconds(600), at).toMillis() / 1000.0;
      if (restarts.isEmpty()) {
        return 500 + 50 * seconds;
      }
      Instant since = Instant.parse(restarts.get(restarts.size() - 1).replaceFirst(".* at ", ""));
      if (at.isBefore(since)) {
        return 500 + 50 * seconds;
      }
      double after = Duration.between(since, at).toMillis() / 1000.0;
      return 500 + (stillLeaks ? 50 * after : 3 * Math.sin(after));
    }
  }
}
