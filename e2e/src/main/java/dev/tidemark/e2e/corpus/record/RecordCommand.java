package dev.tidemark.e2e.corpus.record;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.data.Recording;
import dev.tidemark.e2e.corpus.data.Target;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.GoService;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.launch.Cli;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark corpus record}. */
@Command(
    name = "record",
    description = {
      "Record real Go programs, healthy and leaking, under a real Prometheus in compressed time.",
      "",
      "Writes labels.json and a file of samples a pod. With the defaults it takes 20 minutes a part"
          + " and about 150 processes of 30 MB at a time; docs/JUDGEMENT.md says what is recorded.",
      "Exit codes: 0 recorded; 1 recorded, but the machine was too busy for more than a twentieth of"
          + " the scrapes; 3 a program that is needed is not here."
    })
public final class RecordCommand implements Callable<Integer> {
  /** A recording that misses more of its scrapes tells more of the machine than of the services. */
  private static final double MISSED_AT_MOST = 0.05;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--out", required = true, description = "Folder to write; must be new or empty.")
  private Path out = Path.of("");

  @Option(names = "--part", description = "train or test; both unless one is named.")
  private List<Part> parts = List.of();

  @Option(
      names = "--seeds",
      defaultValue = "2",
      description = "How often each behaviour is laid out anew; default ${DEFAULT-VALUE}.")
  private int seeds = 2;

  @Option(
      names = "--days",
      defaultValue = "7",
      description = "Days of the corpus a part; default ${DEFAULT-VALUE}.")
  private double days = 7;

  @Option(
      names = "--day",
      defaultValue = "172800ms",
      description =
          "How long such a day lasts; 1440 scrapes are made in it. Default ${DEFAULT-VALUE}.")
  private String day = "172800ms";

  @Option(names = "--only", description = "Only behaviours whose name matches this expression.")
  private String only = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter screen = spec.commandLine().getOut();
    Duration length = checkedDay();
    List<Behaviour> behaviours = behaviours();
    CorpusFolder folder = new CorpusFolder(out);
    if (folder.exists()) {
      throw wrong("--out: " + out + " holds a recording already");
    }
    Tools tools;
    try {
      tools = Tools.find();
    } catch (Tools.MissingTools e) {
      spec.commandLine().getErr().println("error: " + e.getMessage());
      return Cli.NO_ANSWER;
    }
    Path work = Files.createDirectories(out.resolve("work"));
    List<Target> targets = new ArrayList<>();
    long due = 0;
    long made = 0;
    Project project = Project.find();
    Files.createDirectories(project.runs());
    try (Processes processes = Processes.in(work.resolve("logs"))) {
      Thread ending = new Thread(processes::close, "end-of-recording");
      Runtime.getRuntime().addShutdownHook(ending);
      GoService.Built service = GoService.build(processes, tools, project, new Http());
      Recorder recorder = new Recorder(processes, tools, service, work, line -> say(screen, line));
      for (Part part : parts.isEmpty() ? List.of(Part.values()) : parts) {
        Plan plan = Plan.of(part, seeds, days * 24, behaviours);
        Recorder.Recorded recorded = recorder.record(part, plan, days, length, folder);
        targets.addAll(recorded.targets());
        due += recorded.scrapes();
        made += recorded.made();
        folder.write(recording(length, 1 - (double) made / due, targets));
        say(screen, part.label() + ": done");
      }
    } catch (Await.NotReached e) {
      spec.commandLine().getErr().println("error: " + e.getMessage());
      return Cli.NO_ANSWER;
    }
    double missed = 1 - (double) made / due;
    if (missed > MISSED_AT_MOST) {
      say(
          screen,
          "%.1f %% of the scrapes are missing: record again on a quieter machine, or with a longer --day"
              .formatted(100 * missed));
      return Cli.FINDINGS;
    }
    return Cli.OK;
  }

  private Recording recording(Duration length, double missed, List<Target> targets) {
    double factor = 86_400_000.0 / length.toMillis();
    String text =
        "tidemark corpus record --seeds %d --days %s --day %s; %d processors, Java %s, %s"
            .formatted(
                seeds,
                days,
                day,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    return new Recording(
        Recording.FORMAT, factor, CorpusTime.EPOCH_SECONDS, days, 60, missed, text, targets);
  }

  private Duration checkedDay() {
    Duration length;
    try {
      length = PromDuration.parse(day);
    } catch (IllegalArgumentException e) {
      throw wrong("--day: " + e.getMessage());
    }
    if (length.toMillis() < 14_400 || length.toMillis() % 1440 != 0) {
      throw wrong("--day: must be at least 14400ms and a multiple of 1440ms");
    }
    if (seeds < 1 || !(days > 0 && days <= 60)) {
      throw wrong("--seeds must be at least 1 and --days between 0 and 60");
    }
    return length;
  }

  private List<Behaviour> behaviours() {
    Pattern pattern = Pattern.compile(only.isEmpty() ? ".*" : only);
    List<Behaviour> chosen =
        Plan.behaviours().stream().filter(b -> pattern.matcher(b.name()).matches()).toList();
    if (chosen.isEmpty()) {
      throw wrong("--only: no behaviour matches \"" + only + "\"");
    }
    return chosen;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void say(PrintWriter screen, String line) {
    screen.println(line);
    screen.flush();
  }
}
