package dev.tidemark.diagnosis;

import dev.tidemark.toolkit.launch.Cli;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: reads evidence and says what it concludes from it. */
@Command(
    name = "tidemark diagnose",
    description = "Says what goroutine dumps and other evidence of a Go process tell.",
    subcommands = {
      GoroutinesCommand.class,
      GctraceCommand.class,
      HeapDiffCommand.class,
      OomCommand.class,
      SizeCommand.class,
      SchedtraceCommand.class,
      TraceCommand.class,
      FlameCommand.class,
    })
public final class Main implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  public static void main(String... args) {
    System.exit(Cli.run(new Main(), args));
  }

  @Override
  public void run() {
    CommandSpec ours = Objects.requireNonNull(spec);
    throw new ParameterException(
        ours.commandLine(), "needs a command: " + String.join(", ", ours.subcommands().keySet()));
  }
}
