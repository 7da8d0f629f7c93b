package dev.tidemark.rules;

import dev.tidemark.rules.history.AgainstHistory;
import dev.tidemark.rules.history.Backtest;
import dev.tidemark.rules.history.Replayed;
import dev.tidemark.rules.history.Tally;
import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.plan.Change;
import dev.tidemark.rules.plan.Plan;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says in words what generate would change in a folder, and changes nothing. */
@Command(
    name = "plan",
    description = "Says which alerts, recordings and routes generate would add, change or remove.")
final class PlanCommand implements Callable<Integer> {
  @Mixin private SpecOption spec = new SpecOption();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private FoldersOption folders = new FoldersOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--against-history",
      paramLabel = "DURATION",
      description =
          "With --prometheus: how often alerts that differ would have fired in this time, before"
              + " and after.")
  private @Nullable String history;

  /** The outcome as JSON. */
  private record Outcome(
      int added,
      int changed,
      int removed,
      List<One> changes,
      @Nullable List<PastChange> againstHistory) {}

  /**
   * How often an alert fired and people were told; null where there is no such alert, or it cannot
   * be replayed.
   */
  private record PastChange(
      String alert,
      String severity,
      @Nullable Integer episodesBefore,
      @Nullable Integer episodesAfter,
      @Nullable Integer toldBefore,
      @Nullable Integer toldAfter,
      @Nullable Integer mutedBefore,
      @Nullable Integer mutedAfter,
      List<String> notes) {}

  private record One(String kind, String what, String name, List<String> details) {}

  @Override
  public Integer call() throws Exception {
    Optional<Generator.Output> output = spec.generate(format);
    if (output.isEmpty()) {
      return Cli.FINDINGS;
    }
    if ((history == null) == server.isGiven()) {
      throw new ExitException(Cli.INVALID, "needs --prometheus and --against-history together");
    }
    folders.tellCutOff(format);
    List<Change> changes = changes(output.get());
    List<PastChange> past = history == null ? null : past(output.get(), history);
    Outcome outcome =
        new Outcome(
            count(changes, Change.Kind.ADDED),
            count(changes, Change.Kind.CHANGED),
            count(changes, Change.Kind.REMOVED),
            changes.stream()
                .map(c -> new One(c.kind().word(), c.what(), c.name(), c.details()))
                .toList(),
            past);
    format.tell(
        outcome,
        print -> {
          changes.forEach(change -> print.println(change.text()));
          if (past != null) {
            print.println(
                past.isEmpty()
                    ? "within " + history + " no alert would have fired at other times"
                    : "within " + history + " alerts would have fired");
            past.forEach(change -> tell(change, print));
          }
          print.println(
              changes.isEmpty()
                  ? "nothing would change"
                  : "%d added, %d changed, %d removed; nothing was written"
                      .formatted(outcome.added(), outcome.changed(), outcome.removed()));
        });
    return Cli.OK;
  }

  private List<PastChange> past(Generator.Output output, String length) throws IOException {
    Routing routing = output.model().routing();
    Instant now = InstantSource.system().instant();
    try (ServerOption asked = server) {
      Instant from = now.minus(PromDuration.parse(length));
      AgainstHistory against =
          new AgainstHistory(
              inline -> new Backtest(asked::range, from, now, inline),
              output.model().settings().groupInterval());
      return against
          .between(
              Plan.rules(folders.out().contents(output.files(), output.facts())),
              Plan.rules(output.files()))
          .stream()
          .map(change -> pastChange(change, routing))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--against-history: " + e.getMessage());
    } catch (OutputException e) {
      throw new ExitException(Cli.FINDINGS, String.valueOf(e.getMessage()));
    } catch (PrometheusException e) {
      throw server.unanswered(e);
    }
  }

  private static PastChange pastChange(AgainstHistory.Change change, Routing routing) {
    Optional<Tally> before = change.before().flatMap(alert -> tally(alert, routing));
    Optional<Tally> after = change.after().flatMap(alert -> tally(alert, routing));
    List<String> notes = new ArrayList<>();
    for (Optional<Replayed> side : List.of(change.before(), change.after())) {
      side.ifPresent(
          alert -> {
            alert.failed().ifPresent(why -> notes.add("could not be replayed: " + why));
            if (alert.blind()) {
              notes.add("no data of what it reads, so its silence says nothing");
            }
            notes.addAll(alert.notes());
          });
    }
    return new PastChange(
        change.name(),
        change.severity(),
        before.map(Tally::episodes).orElse(null),
        after.map(Tally::episodes).orElse(null),
        before.map(Tally::told).orElse(null),
        after.map(Tally::told).orElse(null),
        before.map(Tally::muted).orElse(null),
        after.map(Tally::muted).orElse(null),
        notes.stream().distinct().toList());
  }

  /** Empty where it could not be replayed: that is not silent. */
  private static Optional<Tally> tally(Replayed alert, Routing routing) {
    return alert.failed().isPresent()
        ? Optional.empty()
        : Optional.of(Tally.of(alert.episodes(), routing));
  }

  private static void tell(PastChange change, PrintWriter print) {
    print.println(
        "  %s (%s): %s -> %s episodes, told %s -> %s times%s"
            .formatted(
                change.alert(),
                change.severity(),
                shown(change.episodesBefore()),
                shown(change.episodesAfter()),
                shown(change.toldBefore()),
                shown(change.toldAfter()),
                muted(change)));
    change.notes().forEach(note -> print.println("    note: " + note));
  }

  private static String muted(PastChange change) {
    boolean some =
        Stream.of(change.mutedBefore(), change.mutedAfter()).anyMatch(n -> n != null && n > 0);
    return some
        ? "; in mute times, told to nobody, %s -> %s"
            .formatted(shown(change.mutedBefore()), shown(change.mutedAfter()))
        : "";
  }

  private static String shown(@Nullable Integer count) {
    return count == null ? "no" : count.toString();
  }

  private List<Change> changes(Generator.Output output) throws IOException {
    try {
      List<Change> changes = new ArrayList<>();
      for (FoldersOption.Part part : folders.parts(output)) {
        changes.addAll(
            Plan.between(part.folder().contents(part.files(), part.facts()), part.files()));
      }
      return changes;
    } catch (OutputException e) {
      throw new ExitException(Cli.FINDINGS, String.valueOf(e.getMessage()));
    }
  }

  private static int count(List<Change> changes, Change.Kind kind) {
    return (int) changes.stream().filter(change -> change.kind() == kind).count();
  }
}
