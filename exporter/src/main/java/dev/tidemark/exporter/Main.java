package dev.tidemark.exporter;

import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.launch.Lifecycle;
import dev.tidemark.toolkit.launch.ServerFlags;
import dev.tidemark.toolkit.web.WebOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program {@code tidemark exporter}: reads flags, runs the app until it is told to stop. */
@Command(
    name = "tidemark exporter",
    description =
        "Learns the normal level and growth of Go services from a Prometheus and exposes both. "
            + "Without --storage.path nothing is kept, and the history is learnt again at each start.",
    subcommands = {CheckCommand.class, ReplayCommand.class})
public final class Main implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Mixin private final ServerFlags flags = new ServerFlags("exporter.yml", ":9477", "");

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      defaultValue = "0/1",
      description = "Judge only this part of the workloads: 0/3, 1/3 or 2/3 of three exporters.")
  private String shard = "0/1";

  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }

  @Override
  public Integer call() throws Exception {
    Shard part = shard();
    flags.configureLogs();
    Path storage = flags.storagePath().toString().isEmpty() ? null : flags.storagePath();
    WebOptions web = WebOptions.of(flags.listenAddresses(), flags.webConfigFile());
    ExporterApp app =
        new ExporterApp(flags.configFile(), part, web, storage, InstantSource.system());
    if (storage == null) {
      LOG.info("no --storage.path: nothing is kept, the history is learnt again at each start");
    }
    return Lifecycle.run(app);
  }

  private Shard shard() {
    try {
      return Shard.parse(shard);
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--shard: " + e.getMessage());
    }
  }
}
