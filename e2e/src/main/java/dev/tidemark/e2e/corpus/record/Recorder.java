package dev.tidemark.e2e.corpus.record;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.data.Samples;
import dev.tidemark.e2e.corpus.data.Target;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.GoService;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Records one part: runs its pods under a real Prometheus, then writes what it scraped. */
final class Recorder {
  private static final long START_MILLIS_A_POD = 40;
  private static final long START_MILLIS = 3_000;

  private final Processes processes;
  private final Tools tools;
  private final GoService.Built service;
  private final Path work;
  private final Consumer<String> tell;

  Recorder(
      Processes processes, Tools tools, GoService.Built service, Path work, Consumer<String> tell) {
    this.processes = processes;
    this.tools = tools;
    this.service = service;
    this.work = work;
    this.tell = tell;
  }

  /**
   * What a part became.
   *
   * @param scrapes that should have been made of processes that ran
   * @param made how many of them there are
   */
  record Recorded(List<Target> targets, long scrapes, long made) {}

  Recorded record(Part part, Plan plan, double days, Duration day, CorpusFolder folder)
      throws IOException, InterruptedException, Await.NotReached {
    double hours = days * 24;
    Ports ports = new Ports();
    Map<String, Integer> portOf = new LinkedHashMap<>();
    List<ScrapeConfig.Scraped> scraped = new ArrayList<>();
    for (Plan.Cast cast : plan.cast()) {
      int port = ports.next();
      portOf.put(cast.pod().name(), port);
      List<String> replicas = cast.behaviour().twice() ? List.of("a", "b") : List.of();
      scraped.add(new ScrapeConfig.Scraped(labels(cast.pod()), port, replicas));
    }
    Duration minute = new CorpusTime(0, day).minute();
    Path config = work.resolve(part.label() + ".yml");
    Files.writeString(config, ScrapeConfig.text(minute, scraped));
    Prometheus prometheus =
        Prometheus.start(
            processes, tools, ports.next(), config, work.resolve(part.label()), service.http());
    prometheus.awaitReady(Duration.ofMinutes(2));
    long begin =
        System.currentTimeMillis() + START_MILLIS + START_MILLIS_A_POD * plan.cast().size();
    CorpusTime time = new CorpusTime(begin, day);
    long end = time.realAt(hours);
    Stage stage = new Stage(processes, service.program(), time);
    for (Plan.Cast cast : plan.cast()) {
      stage.add(cast.pod(), portOf.getOrDefault(cast.pod().name(), 0), cast.seed(), hours);
    }
    stage.prepare();
    tell.accept(
        "%s: %d pods, %.1f days of %d s, ends in %d s"
            .formatted(
                part.label(),
                plan.cast().size(),
                days,
                day.toSeconds(),
                (end - System.currentTimeMillis()) / 1000));
    stage.playUntil(end);
    Map<String, Boolean> atLimit = new TreeMap<>();
    plan.cast().forEach(c -> atLimit.put(c.pod().name(), stage.endedAtLimit(c.pod().name())));
    stage.endAll();
    tell.accept(part.label() + ": reading back");
    ReadBack back = new ReadBack(service.http(), prometheus.url(), time, end);
    Recorded recorded = write(part, plan, stage, back, new Ends(hours, atLimit), folder);
    prometheus.process().terminate();
    return recorded;
  }

  private record Ends(double hours, Map<String, Boolean> atLimit) {}

  private Recorded write(
      Part part, Plan plan, Stage stage, ReadBack back, Ends ends, CorpusFolder folder)
      throws IOException, InterruptedException {
    List<Target> targets = new ArrayList<>();
    long expected = 0;
    long made = 0;
    for (Plan.Cast cast : plan.cast()) {
      Pod pod = cast.pod();
      boolean twice = cast.behaviour().twice();
      Samples samples = back.of(pod.name(), twice ? "a" : "", stage.starts(pod.name()));
      if (samples.rows() == 0) {
        tell.accept(pod.name() + " was never scraped and is left out");
        continue;
      }
      Leak leak = Outcome.of(pod.leak(), samples, ends.atLimit().getOrDefault(pod.name(), false));
      Target target =
          new Target(
              pod.name(),
              pod.workload(),
              labels(pod),
              cast.behaviour().name(),
              cast.behaviour().text(),
              cast.seed(),
              part,
              twice,
              leak);
      folder.write(target, false, samples);
      if (twice) {
        Samples second = back.of(pod.name(), "b", stage.starts(pod.name()));
        folder.write(target, true, second);
      }
      targets.add(target);
      if (!pod.isHiddenAtTimes()) {
        expected += Outcome.scrapesDue(samples);
        made += samples.rows();
      }
    }
    return new Recorded(targets, expected, made);
  }

  private static Map<String, String> labels(Pod pod) {
    return new TreeMap<>(
        Map.of("namespace", "corpus", "pod", pod.name(), "container", "app", "job", "corpus"));
  }
}
