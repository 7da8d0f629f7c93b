package dev.tidemark.exporter;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.SeriesShape;
import dev.tidemark.engine.Side;
import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.replay.Judging;
import dev.tidemark.exporter.replay.OutputClosedException;
import dev.tidemark.exporter.replay.Progress;
import dev.tidemark.exporter.replay.RecordedFile;
import dev.tidemark.exporter.replay.Replay;
import dev.tidemark.exporter.replay.Timestamps;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code replay}: reads flags, hands what was recorded to the replay. */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
      "Judges recorded series by the same engine, a row out for each row in.",
      "Columns: timestamp,<labels…>,value,expected,upper,lower,score,growth,leak_state,reason;"
          + " docs/replay.md."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private @Nullable Recorded recorded;

  /** Where the samples are. */
  static final class Recorded {
    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description =
            "CSV with a header: timestamp (epoch seconds or ISO 8601) first, value last, labels"
                + " between; - for standard input.")
    private @Nullable String csv;

    @Option(
        names = "--openmetrics",
        paramLabel = "FILE",
        description = "OpenMetrics text with timestamps; - for standard input.")
    private @Nullable String openMetrics;

    @ArgGroup(exclusive = false)
    private @Nullable Range range;
  }

  /** What a Prometheus remembers. */
  static final class Range {
    @Option(
        names = "--prometheus",
        required = true,
        paramLabel = "URL",
        description =
            "A server with the Prometheus API; with --config.file the credentials of its source"
                + " of this URL.")
    private String url = "";

    @Option(
        names = "--from",
        required = true,
        paramLabel = "T",
        description = "The first slot: epoch seconds or ISO 8601.")
    private String from = "";

    @Option(
        names = "--to",
        required = true,
        paramLabel = "T",
        description = "The last slot: epoch seconds or ISO 8601.")
    private String to = "";

    private static long time(String flag, String text) {
      long millis = Timestamps.parse(text);
      if (millis == Timestamps.NONE) {
        throw new ExitException(
            Cli.INVALID, flag + ": must be epoch seconds or ISO 8601, found \"" + text + "\"");
      }
      return millis;
    }
  }

  @Option(
      names = "--signal",
      paramLabel = "ID",
      description =
          "The signal the values are of, for side, reduction and smallest band; default: a gauge"
              + " judged on both sides.")
  private @Nullable String signal;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Where the target dies or stalls, in the signal's unit.")
  private @Nullable Double limit;

  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description =
          "The exporter's configuration: interval, baseline, growth, own signals, limits; default:"
              + " chosen by the spacing of the rows.")
  private @Nullable Path configFile;

  @Option(names = "--format", paramLabel = "csv|json", description = "Default: csv.")
  private Replay.Format format = Replay.Format.CSV;

  private final InputStream in;
  private final OutputStream out;

  ReplayCommand() {
    this(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
  }

  ReplayCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    if (spec == null || recorded == null) {
      throw new IllegalStateException("picocli fills these in");
    }
    ExporterConfig config =
        configFile == null
            ? StrictYaml.read("defaults", "{}", ExporterConfig.class)
            : StrictYaml.read(configFile, ExporterConfig.class);
    Progress progress =
        new Progress(
            spec.commandLine().getErr(), leadsTo(2, "/dev/pts/", "/dev/tty"), System::nanoTime);
    Replay replay = new Replay(format, out, progress);
    try {
      if (recorded.csv != null) {
        replay.csv(new RecordedFile(recorded.csv, in), judging(config));
      } else if (recorded.openMetrics != null) {
        replay.openMetrics(new RecordedFile(recorded.openMetrics, in), judging(config));
      } else if (recorded.range != null) {
        source(recorded.range, config, replay);
      }
    } catch (OutputClosedException e) {
      if (leadsTo(1, "pipe:", "socket:")) {
        return Cli.OK; // the reader has seen enough: replay … | head
      }
      throw e;
    } catch (OutOfMemoryError e) {
      throw new ExitException(
          Cli.INVALID,
          "too little memory for so many series; TIDEMARK_JAVA_OPTS=-Xmx4g gives more, limits:"
              + " {series: …} of --config.file judges fewer");
    }
    return Cli.OK;
  }

  private void source(Range range, ExporterConfig config, Replay replay)
      throws IOException, InterruptedException {
    if (signal != null || limit != null) {
      throw new ExitException(
          Cli.INVALID, "--signal and --limit: are of files; a source's are in --config.file");
    }
    long from = Range.time("--from", range.from);
    long to = Range.time("--to", range.to);
    try (RecordedSource source = RecordedSource.of(config, range.url, from, to)) {
      String failure =
          replay.source(
              source.feed(),
              source.last(),
              config.fleet(),
              source.labels(),
              wait -> Thread.sleep(wait.toMillis()));
      if (!failure.isEmpty()) {
        throw new ExitException(Cli.NO_ANSWER, range.url + ": " + failure);
      }
    }
  }

  private Judging judging(ExporterConfig config) {
    JudgeConfig configured = configFile == null ? null : config.judge();
    SeriesShape shape = new SeriesShape(Side.BOTH, Reduce.MEDIAN, 0);
    double bound = Double.NaN;
    if (signal != null) {
      Signal known = known(signal, config.signals().catalogue());
      shape = FleetShape.series(known);
      bound = config.fleet().fixedLimits().getOrDefault(known.id(), Double.NaN);
    }
    if (limit != null && !Double.isFinite(limit)) {
      throw new ExitException(Cli.INVALID, "--limit: must be a finite number, found " + limit);
    }
    return new Judging(shape, configured, limit == null ? bound : limit, config.limits().series());
  }

  private static Signal known(String id, Catalogue catalogue) {
    return catalogue
        .find(id)
        .orElseThrow(
            () ->
                new ExitException(
                    Cli.INVALID,
                    "--signal: no signal \""
                        + id
                        + "\""
                        + catalogue
                            .nearest(id)
                            .map(near -> ", did you mean " + near + "?")
                            .orElse("")));
  }

  /** What a descriptor of ours is, where the system tells. */
  private static boolean leadsTo(int descriptor, String... kinds) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      for (String kind : kinds) {
        if (target.startsWith(kind)) {
          return true;
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
    return false;
  }
}
