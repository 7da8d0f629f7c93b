package dev.tidemark.webhook;

import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.webhook.playbook.LoadedPlaybook;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads configuration and playbooks as the server would, and says what is wrong with them. */
@Command(
    name = "check",
    description = "Check the configuration and its playbooks; exit code 2 when one is wrong.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      defaultValue = "webhook.yml",
      description = "The configuration; default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("webhook.yml");

  @Override
  public Integer call() throws Exception {
    Loaded loaded = Loaded.read(file);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        file
            + ": fine, "
            + loaded.config().targets().size()
            + " targets, "
            + loaded.playbooks().size()
            + " playbooks in the order they are tried");
    for (LoadedPlaybook one : loaded.playbooks()) {
      out.println(
          "  "
              + one.playbook().name()
              + " ("
              + one.playbook().mode().text()
              + ", "
              + one.playbook().steps().size()
              + " steps) "
              + one.file());
    }
    out.flush();
    return Cli.OK;
  }
}
