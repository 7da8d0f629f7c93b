package dev.tidemark.rules;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.Verbs;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  /** The two that run at every change of a specification, and so want to be over at once. */
  @Override
  public Optional<Callable<Integer>> plain(List<String> arguments) {
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    List<String> flags = arguments.subList(1, arguments.size());
    return switch (arguments.get(0)) {
      case "generate" -> GenerateCommand.plain(flags);
      case "validate" -> ValidateCommand.plain(flags);
      default -> Optional.empty();
    };
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
