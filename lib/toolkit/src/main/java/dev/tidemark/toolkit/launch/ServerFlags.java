package dev.tidemark.toolkit.launch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The flags every server has, as a picocli mixin. The program gives the defaults: {@code @Mixin
 * ServerFlags flags = new ServerFlags("exporter.yml", ":9477", "data")}.
 */
public final class ServerFlags {
  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description = "The configuration; default: ${DEFAULT-VALUE}.")
  private Path configFile;

  @Option(
      names = "--web.listen-address",
      paramLabel = "ADDRESS",
      description =
          "host:port or :port to listen on, port 0 for a free one; repeatable; default: ${DEFAULT-VALUE}.")
  private List<String> listenAddresses;

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description = "TLS and users of the web server, as in the exporter-toolkit.")
  private @Nullable Path webConfigFile;

  @Option(
      names = "--storage.path",
      paramLabel = "DIR",
      description = "Folder for what must outlive a restart; default: \"${DEFAULT-VALUE}\".")
  private Path storagePath;

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      converter = LevelName.class,
      description = "debug, info, warn or error; default: ${DEFAULT-VALUE}.")
  private String logLevel = "info";

  @Option(
      names = "--log.format",
      paramLabel = "FORMAT",
      converter = FormatName.class,
      description = "logfmt or json; default: ${DEFAULT-VALUE}.")
  private String logFormat = "logfmt";

  public ServerFlags(String configFile, String listenAddress, String storagePath) {
    this.configFile = Path.of(configFile);
    this.listenAddresses = List.of(listenAddress);
    this.storagePath = Path.of(storagePath);
  }

  public Path configFile() {
    return configFile;
  }

  public List<String> listenAddresses() {
    return List.copyOf(listenAddresses);
  }

  public @Nullable Path webConfigFile() {
    return webConfigFile;
  }

  public Path storagePath() {
    return storagePath;
  }

  /** Starts logging as the flags say. */
  public void configureLogs() {
    Logs.configure(logLevel, logFormat);
  }
}
