package dev.tidemark.rules;

import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.Verbs;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tidemark rules}: one spec into rules, alerts, their tests and Alertmanager routes. */
@Command(
    name = "tidemark rules",
    synopsisSubcommandLabel = "COMMAND",
    description = "Turns one spec into rules, alerts, their tests and Alertmanager's routes.")
public final class Main implements Verbs {
  public static void main(String[] args) {
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
