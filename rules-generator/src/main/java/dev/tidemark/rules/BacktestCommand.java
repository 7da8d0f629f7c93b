package dev.tidemark.rules;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.history.Allowance;
import dev.tidemark.rules.history.Backtest;
import dev.tidemark.rules.history.BudgetUse;
import dev.tidemark.rules.history.Episode;
import dev.tidemark.rules.history.MuteTimes;
import dev.tidemark.rules.history.Replayed;
import dev.tidemark.rules.history.Tally;
import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how often alerts would have fired in the past. */
@Command(
    name = "backtest",
    description = "Says when alerts would have fired, by the history of a Prometheus.")
final class BacktestCommand implements Callable<Integer> {
  /** Of one alert; the counts are of all. */
  private static final int MOST_EPISODES = 50;

  @Mixin private SpecOption spec = new SpecOption();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private PastOption past = new PastOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--alert",
      paramLabel = "[SERVICE/]NAME",
      description = "Only this alert; may be given several times.")
  private List<String> alerts = new ArrayList<>();

  @Option(
      names = "--inline",
      description = "Evaluate recording rules anew also where the server has what they recorded.")
  private boolean inline;

  @Option(
      names = "--alert-timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "How long one alert may take; it is given up then, and the others go on. 0s for any time."
              + " Default: ${DEFAULT-VALUE}.")
  private String alertTimeout = "10m";

  /** The outcome as JSON. */
  private record Outcome(String from, String to, List<One> alerts, List<Budget> budgets) {}

  private record One(
      String service,
      String alert,
      String severity,
      String team,
      int episodes,
      int told,
      int muted,
      int flaps,
      int open,
      double shortestSeconds,
      double longestSeconds,
      List<When> when,
      List<String> inlined,
      List<String> notes,
      boolean noData,
      @Nullable String failed) {}

  private record When(
      String from, String to, boolean open, boolean muted, Map<String, String> labels) {}

  private record Budget(
      String team, String severity, String budget, int told, long allowed, boolean over) {}

  @Override
  public Integer call() throws Exception {
    if (!server.isGiven()) {
      throw new ExitException(Cli.INVALID, "needs --prometheus, the server with the history");
    }
    PastOption.Past span = past.past();
    Optional<Generator.Output> made = spec.generate(format);
    if (made.isEmpty()) {
      return Cli.FINDINGS;
    }
    RuleNames known = RuleNames.ofAlerts(made.get().services());
    alerts.forEach(alert -> known.require("--alert", alert));
    Routing routing = made.get().model().routing();
    List<Replayed> replayed = replay(made.get(), span);
    if (replayed.isEmpty()) {
      throw new ExitException(Cli.INVALID, "the specification has no alert");
    }
    // of some alerts alone nothing can be said of what all may use
    List<BudgetUse> budgets =
        alerts.isEmpty() ? BudgetUse.of(routing, replayed, span.length()) : List.of();
    format.tell(
        new Outcome(
            span.from().toString(),
            span.to().toString(),
            replayed.stream().map(alert -> one(alert, routing)).toList(),
            budgets.stream().map(BacktestCommand::budget).toList()),
        // the alerts were told as they came
        out -> budgets.forEach(use -> tell(use, span, out)));
    boolean over = budgets.stream().anyMatch(BudgetUse::isOver);
    boolean failed = replayed.stream().anyMatch(alert -> alert.failed().isPresent());
    return over || failed || isBlind(replayed, span) ? Cli.FINDINGS : Cli.OK;
  }

  /** Of one alert of many that is usual: a metric of another exporter. */
  private boolean isBlind(List<Replayed> replayed, PastOption.Past span) {
    boolean blind = replayed.stream().allMatch(Replayed::blind);
    if (blind) {
      format
          .err()
          .println(
              "warning: the server has no data of what these alerts read from %s to %s, so nothing"
                      .formatted(span.from(), span.to())
                  + " was tested: is all of that within its retention, and were the targets"
                  + " scraped then?");
      format.err().flush();
    }
    return blind;
  }

  private List<Replayed> replay(Generator.Output made, PastOption.Past span) {
    List<Replayed> replayed = new ArrayList<>();
    Duration timeout = timeout();
    try (ServerOption asked = server) {
      Allowance allowance = new Allowance(asked::range, timeout, System::nanoTime);
      Backtest backtest =
          new Backtest(
              allowance,
              span.from(),
              span.to(),
              inline,
              new Progress(made.model().routing(), allowance));
      for (ServiceRules rules : made.services()) {
        String service = rules.service().name().value();
        FoundFile file = SpecRules.of(rules);
        List<FoundRule> all = file.rules().toList();
        for (FoundGroup group : file.groups()) {
          replayed.addAll(
              backtest.of(
                  service,
                  group,
                  all,
                  rules.service().settings().groupInterval(),
                  rule -> isWanted(service, rule)));
        }
      }
      return replayed;
    } catch (PrometheusException e) {
      throw server.unanswered(e);
    }
  }

  private Duration timeout() {
    try {
      return PromDuration.parse(alertTimeout);
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--alert-timeout: " + e.getMessage());
    }
  }

  /** Tells each alert as soon as it is known: a week of a large fleet takes minutes. */
  private final class Progress implements Backtest.Watcher {
    private final Routing routing;
    private final Allowance allowance;

    Progress(Routing routing, Allowance allowance) {
      this.routing = routing;
      this.allowance = allowance;
    }

    @Override
    public void begins(String service, FoundRule alert, int number, int of) {
      format
          .err()
          .println("%d of %d of %s: %s".formatted(number, of, service, alert.name().value()));
      format.err().flush();
      allowance.begin();
    }

    @Override
    public void replayed(Replayed alert) {
      allowance.end();
      alert
          .failed()
          .ifPresent(
              why -> {
                format.err().println("warning: " + alert.name() + " could not be replayed: " + why);
                format.err().flush();
              });
      if (!format.isJson()) {
        tell(alert, routing, format.out());
        format.out().flush();
      }
    }
  }

  private boolean isWanted(String service, FoundRule rule) {
    return rule.isAlert()
        && (alerts.isEmpty()
            || alerts.stream()
                .anyMatch(asked -> RuleNames.isMeant(asked, service, rule.name().value())));
  }

  private static Tally tally(Replayed alert, Routing routing) {
    return Tally.of(alert.episodes(), routing);
  }

  private static One one(Replayed alert, Routing routing) {
    Tally tally = tally(alert, routing);
    MuteTimes quiet = MuteTimes.of(routing);
    return new One(
        alert.service(),
        alert.rule().name().value(),
        alert.label("severity"),
        alert.label("team"),
        tally.episodes(),
        tally.told(),
        tally.muted(),
        tally.flaps(),
        tally.open(),
        tally.shortest().toMillis() / 1000.0,
        tally.longest().toMillis() / 1000.0,
        alert.episodes().stream().limit(MOST_EPISODES).map(e -> when(e, quiet)).toList(),
        alert.inlined(),
        alert.notes(),
        alert.blind(),
        alert.failed().orElse(null));
  }

  private static When when(Episode e, MuteTimes quiet) {
    return new When(
        e.from().toString(), e.to().toString(), e.open(), quiet.told(e).isEmpty(), e.labels());
  }

  private static Budget budget(BudgetUse use) {
    return new Budget(
        use.team(),
        use.severity(),
        use.budget().toString(),
        use.told(),
        use.allowed(),
        use.isOver());
  }

  private void tell(Replayed alert, Routing routing, PrintWriter out) {
    Tally tally = tally(alert, routing);
    String head = alert.name() + " (" + alert.label("severity") + "): ";
    if (alert.failed().isPresent()) {
      out.println(head + "could not be replayed: " + alert.failed().get());
    } else if (alert.blind()) {
      out.println(head + "no data");
    } else if (tally.episodes() == 0) {
      out.println(head + "silent");
    } else {
      out.println(
          head
              + count(tally.episodes(), "episode")
              + ", told "
              + count(tally.told(), "time")
              + (tally.muted() > 0
                  ? ", " + tally.muted() + " in mute times and told to nobody"
                  : "")
              + "; shortest "
              + words(tally.shortest())
              + ", longest "
              + words(tally.longest())
              + "; "
              + count(tally.flaps(), "flap")
              + (tally.open() > 0 ? "; " + tally.open() + " at the end" : ""));
    }
    alert.episodes().stream()
        .limit(alerts.isEmpty() ? 0 : MOST_EPISODES)
        .forEach(episode -> tell(episode, alert, MuteTimes.of(routing), out));
    if (!alert.inlined().isEmpty()) {
      out.println("  evaluated anew: " + String.join(", ", alert.inlined()));
    }
    alert.notes().forEach(note -> out.println("  partial history: " + note));
  }

  private static void tell(Episode episode, Replayed alert, MuteTimes quiet, PrintWriter out) {
    Map<String, String> own = new TreeMap<>(episode.labels());
    own.keySet().removeAll(alert.rule().labels().keySet());
    own.remove("alertname");
    out.println(
        "  "
            + episode.from()
            + " to "
            + (episode.open() ? "the end" : episode.to())
            + "  "
            + own
            + (quiet.told(episode).isEmpty() ? "  told to nobody" : ""));
  }

  private static void tell(BudgetUse use, PastOption.Past span, PrintWriter out) {
    out.println(
        "%s: %s of %s told %s in %s, allowed are %d"
            .formatted(
                use.isOver() ? "over budget" : "budget",
                use.severity(),
                use.team(),
                count(use.told(), "time"),
                words(span.length()),
                use.allowed()));
  }

  private static String count(int count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }

  private static String words(Duration duration) {
    return PromDuration.format(duration.truncatedTo(ChronoUnit.SECONDS));
  }
}
