package dev.tidemark.rules;

import dev.tidemark.rules.dashboard.Dashboards;
import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.rules.plan.Change;
import dev.tidemark.rules.plan.Plan;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder that generate would write to.")
  private @Nullable Path out;

  @Option(
      names = "--dashboards",
      paramLabel = "DIR",
      description = "The folder of the dashboards, where they are not below --out.")
  private @Nullable Path dashboards;

  /** The outcome as JSON. */
  private record Outcome(int added, int changed, int removed, List<One> changes) {}

  private record One(String kind, String what, String name, List<String> details) {}

  @Override
  public Integer call() throws Exception {
    Optional<Generator.Output> output = spec.generate();
    if (output.isEmpty() || out == null) {
      return Cli.FINDINGS;
    }
    List<Change> changes = changes(output.get(), out);
    Outcome outcome =
        new Outcome(
            count(changes, Change.Kind.ADDED),
            count(changes, Change.Kind.CHANGED),
            count(changes, Change.Kind.REMOVED),
            changes.stream()
                .map(c -> new One(c.kind().word(), c.what(), c.name(), c.details()))
                .toList());
    format.tell(
        outcome,
        print -> {
          changes.forEach(change -> print.println(change.text()));
          print.println(
              changes.isEmpty()
                  ? "nothing would change"
                  : "%d added, %d changed, %d removed; nothing was written"
                      .formatted(outcome.added(), outcome.changed(), outcome.removed()));
        });
    return Cli.OK;
  }

  private List<Change> changes(Generator.Output output, Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>(output.files());
    if (dashboards != null) {
      files.keySet().removeIf(path -> path.startsWith(Dashboards.FOLDER));
    }
    try {
      List<Change> changes = new ArrayList<>();
      changes.addAll(Plan.between(new OutputFolder(folder).contents(files, output.facts()), files));
      if (dashboards != null) {
        SortedMap<String, byte[]> boards = output.dashboards();
        changes.addAll(
            Plan.between(new OutputFolder(dashboards).contents(boards, Facts.NONE), boards));
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
