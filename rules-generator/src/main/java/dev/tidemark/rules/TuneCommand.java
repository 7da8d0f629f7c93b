package dev.tidemark.rules;

import dev.tidemark.rules.history.Backtest;
import dev.tidemark.rules.history.Remembered;
import dev.tidemark.rules.history.Replayed;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.leak.DiesSoon;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.rules.tune.Keep;
import dev.tidemark.rules.tune.Mattering;
import dev.tidemark.rules.tune.Outcome;
import dev.tidemark.rules.tune.Parts;
import dev.tidemark.rules.tune.Pool;
import dev.tidemark.rules.tune.Search;
import dev.tidemark.rules.tune.Subject;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for thresholds by which alerts stay within their budget. */
@Command(
    name = "tune",
    description =
        "Looks for thresholds that keep alerts within their budget: learnt from one part of a"
            + " Prometheus' history, reported on the other.")
final class TuneCommand implements Callable<Integer> {
  private static final Pattern SHARE = Pattern.compile("([0-9]{1,2})%");

  @Mixin private SpecOption spec = new SpecOption();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private PastOption past = new PastOption();
  @Mixin private TuneBudget budgets = new TuneBudget();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--train",
      paramLabel = "N%",
      description = "How much of the history, from its beginning, is learnt from. Default: 70%%.")
  private String train = "70%";

  @Option(
      names = "--keep",
      paramLabel = "'TIME [LABEL=VALUE,…]'",
      description = "Episodes that fired then, with such labels, must still be seen.")
  private List<String> keeps = new ArrayList<>();

  @Option(
      names = "--ignore-restarts",
      description = "Take no restart for a sign that an episode mattered; kills for memory are.")
  private boolean ignoreRestarts;

  @Option(
      names = "--inline",
      description = "Evaluate recording rules anew also where the server has what they recorded.")
  private boolean inline;

  @Option(
      names = "--write",
      description = "Put what was found into the specification, where the budget holds.")
  private boolean write;

  @Override
  public Integer call() throws Exception {
    if (!server.isGiven()) {
      throw new ExitException(Cli.INVALID, "needs --prometheus, the server with the history");
    }
    PastOption.Past span = past.past();
    Parts parts = Parts.of(span.from(), span.to(), share());
    List<Keep> kept = kept();
    List<SpecText> texts = spec.texts();
    Optional<Generator.Output> made = SpecOption.generate(texts, format);
    if (made.isEmpty()) {
      return Cli.FINDINGS;
    }
    List<TuneBudget.Use> uses = budgets.uses(made.get());
    List<Outcome> outcomes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (ServerOption asked = server) {
      Backtest backtest =
          new Backtest(new Remembered(asked::range), span.from(), span.to(), inline);
      SpecPast replays = new SpecPast(made.get().model(), texts, backtest);
      Mattering mattering = new Mattering(replays, kept, !ignoreRestarts);
      Search search = new Search(replays, parts, made.get().model().routing(), this::progress);
      for (TuneBudget.Use use : uses) {
        outcomes.add(
            search.of(new Pool(use.name(), use.budget(), subjects(use, replays, mattering))));
      }
      notes.addAll(mattering.notes());
    } catch (PrometheusException e) {
      throw server.unanswered(e);
    }
    TuneReport report = new TuneReport(parts, outcomes, notes);
    TuneWriting.Result written =
        write ? TuneWriting.write(texts, made.get(), outcomes) : TuneWriting.snippets(outcomes);
    format.tell(report.document(written), out -> report.tell(written, out));
    return outcomes.stream().allMatch(Outcome::holds) && report.isWhole() && written.isWhole()
        ? Cli.OK
        : Cli.FINDINGS;
  }

  private List<Subject> subjects(TuneBudget.Use use, SpecPast replays, Mattering mattering)
      throws PrometheusException {
    List<Subject> subjects = new ArrayList<>();
    for (TuneBudget.Member member : use.members()) {
      Service service = member.rules().service();
      progress(service.name().value() + "/" + member.rule().alert());
      Replayed before =
          replays
              .of(member.rules(), member.alert())
              .orElseThrow(() -> new IllegalStateException("no rule " + member.rule().alert()));
      subjects.add(
          new Subject(
              service,
              member.alert(),
              before,
              member.rules().rules().get(member.alert()).settings(),
              mattering.of(service, before, foretold(member)),
              member.free()));
    }
    return subjects;
  }

  private static Duration foretold(TuneBudget.Member member) {
    return DiesSoon.foretells(
        member.rules().service().alerts().get(member.alert()),
        member.rules().rules().get(member.alert()).settings());
  }

  private void progress(String at) {
    format.err().println("replaying " + at);
    format.err().flush();
  }

  private double share() {
    Matcher matcher = SHARE.matcher(train);
    int percent = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (percent < 1) {
      throw new ExitException(Cli.INVALID, "--train: found " + train + ", needs 1% to 99%");
    }
    return percent / 100.0;
  }

  private List<Keep> kept() {
    try {
      return keeps.stream().map(Keep::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--keep: " + e.getMessage());
    }
  }
}
