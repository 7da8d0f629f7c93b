package dev.tidemark.webhook;

import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.launch.Lifecycle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark webhook}: serves, or does what its verb says. */
@Command(
    name = "tidemark webhook",
    description =
        "Takes Alertmanager's notifications, saves evidence, says what leaks, acts within limits and proves the result.",
    subcommands = {CheckCommand.class, AuditCommand.class})
public final class Main implements Callable<Integer> {
  @Mixin private WebhookFlags flags = new WebhookFlags();

  private Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }

  @Override
  public Integer call() throws Exception {
    flags.server.configureLogs();
    try {
      return Lifecycle.run(new WebhookApp(flags, Loaded.read(flags.server.configFile())));
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
