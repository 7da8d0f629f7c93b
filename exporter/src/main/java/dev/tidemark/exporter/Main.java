package dev.tidemark.exporter;

import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.launch.Lifecycle;
import dev.tidemark.toolkit.launch.ServerFlags;
import dev.tidemark.toolkit.web.WebOptions;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program {@code tidemark exporter}: reads flags, runs the app until it is told to stop. */
@Command(
    name = "tidemark exporter",
    description =
        "Learns the normal level and growth of Go services from a Prometheus and exposes both.")
public final class Main implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Mixin private final ServerFlags flags = new ServerFlags("exporter.yml", ":9477", "");

  @Option(names = "--shard", hidden = true, description = "Not in this release.")
  private @Nullable String shard;

  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }

  @Override
  public Integer call() throws Exception {
    if (shard != null) {
      throw new ExitException(
          Cli.INVALID, "--shard: this release does not share the work between exporters");
    }
    flags.configureLogs();
    if (!flags.storagePath().toString().isEmpty()) {
      LOG.warn(
          "--storage.path: this release keeps nothing on disk, it learns the history at start");
    }
    WebOptions web = WebOptions.of(flags.listenAddresses(), flags.webConfigFile());
    return Lifecycle.run(new ExporterApp(flags.configFile(), web, InstantSource.system()));
  }
}
