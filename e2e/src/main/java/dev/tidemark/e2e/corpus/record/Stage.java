package dev.tidemark.e2e.corpus.record;

import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Starts and ends the processes of the pods when it is their time. For one thread. */
final class Stage {
  /** Starts and ends, each at its time; ends of the same time first. */
  private record Cue(double hour, boolean starts, String pod, List<String> flags)
      implements Comparable<Cue> {
    @Override
    public int compareTo(Cue other) {
      int byTime = Double.compare(hour, other.hour);
      return byTime != 0 ? byTime : Boolean.compare(starts, other.starts);
    }
  }

  private final Processes processes;
  private final Path program;
  private final CorpusTime time;
  private final PriorityQueue<Cue> cues = new PriorityQueue<>();
  private final Map<String, OwnedProcess> running = new HashMap<>();
  private final Map<String, List<Long>> starts = new TreeMap<>();

  Stage(Processes processes, Path program, CorpusTime time) {
    this.processes = processes;
    this.program = program;
    this.time = time;
  }

  void add(Pod pod, int port, long seed, double hours) {
    List<String> flags = new ArrayList<>();
    flags.add("-listen=127.0.0.1:" + port);
    flags.add("-day=" + time.day().toMillis() + "ms");
    flags.add("-begin=" + time.begin() + "ms");
    flags.add("-seed=" + seed);
    flags.addAll(pod.flags());
    for (Pod.Run run : pod.runs()) {
      if (run.from() < hours) {
        cues.add(new Cue(run.from(), true, pod.name(), flags));
        if (run.until() < hours) {
          cues.add(new Cue(run.until(), false, pod.name(), flags));
        }
      }
    }
  }

  /** Starts what runs from the beginning, which takes a while; it serves when the corpus begins. */
  void prepare() throws IOException {
    while (!cues.isEmpty() && cues.peek().hour() <= 0) {
      play(cues.remove());
    }
  }

  /** Plays until the end, a real time in epoch milliseconds. */
  void playUntil(long end) throws IOException, InterruptedException {
    while (!cues.isEmpty()) {
      Cue next = cues.remove();
      waitUntil(Math.min(time.realAt(next.hour()), end));
      play(next);
    }
    waitUntil(end);
  }

  private static void waitUntil(long real) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Math.max(0, real - System.currentTimeMillis()));
  }

  private void play(Cue cue) throws IOException {
    if (!cue.starts()) {
      OwnedProcess process = running.get(cue.pod());
      if (process != null) {
        process.terminate();
      }
      return;
    }
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(cue.flags());
    // one core each, as a small container has; 200 processes that each use all would fight
    OwnedProcess process = processes.start(cue.pod(), command, Map.of("GOMAXPROCS", "1"));
    running.put(cue.pod(), process);
    starts
        .computeIfAbsent(cue.pod(), pod -> new ArrayList<>())
        .add(Math.max(System.currentTimeMillis(), time.begin()));
  }

  /** When each process of a pod began to live, epoch milliseconds. */
  List<Long> starts(String pod) {
    return List.copyOf(starts.getOrDefault(pod, List.of()));
  }

  void endAll() throws InterruptedException {
    running.values().forEach(OwnedProcess::terminate);
    for (OwnedProcess process : running.values()) {
      if (process.isAlive()) {
        process.kill();
      }
    }
  }

  /** Whether a pod's process ended by itself at its limit. */
  boolean endedAtLimit(String pod) {
    OwnedProcess process = running.get(pod);
    return process != null && !process.isAlive() && process.tail(3).contains("at the limit");
  }
}
