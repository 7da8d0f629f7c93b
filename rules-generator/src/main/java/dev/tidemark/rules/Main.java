package dev.tidemark.rules;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.Verbs;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine.Command;

/** {@code tidemark rules}: one spec into rules, alerts, their tests and Alertmanager routes. */
@Command(
    name = "tidemark rules",
    synopsisSubcommandLabel = "COMMAND",
    description = "Turns one spec into rules, alerts, their tests and Alertmanager's routes.")
public final class Main implements Verbs {
  public static void main(String[] args) {
    if (Arrays.stream(args).anyMatch(argument -> argument.startsWith("--spec"))) {
      // every rule needs it, and reading it takes as long as the flags and a small specification
      ForkJoinPool.commonPool().execute(Catalogue::load);
    }
    System.exit(Cli.run(new Main(), args));
  }

  @Override
  public List<Class<?>> verbs() {
    return List.of(
        InitCommand.class,
        ValidateCommand.class,
        GenerateCommand.class,
        FormatCommand.class,
        LintCommand.class,
        CostCommand.class,
        PlanCommand.class,
        ExplainCommand.class,
        RoutesCommand.class,
        ImportCommand.class,
        TestCommand.class,
        BacktestCommand.class,
        TuneCommand.class,
        ApplyCommand.class);
  }
}
