package dev.tidemark.diagnosis.sched;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept of one process. Not for several threads. */
final class SchedRun {
  private static final int MOST_STATES = 200;
  private static final int STATES_SHOWN = 20;

  final String process;
  long lines;
  long firstAt;
  long lastAt;
  long processors;
  long busyProcessors;
  long allProcessors;
  long longestQueue;
  long skewed;
  long saturated;
  boolean detailed;
  final Trend queued = new Trend();
  final Trend threads = new Trend();
  final Trend spinning = new Trend();
  private Map<String, Long> states = new HashMap<>();

  SchedRun(String process) {
    this.process = process;
  }

  void accept(SchedLine line) {
    if (lines++ == 0) {
      firstAt = line.at();
    }
    lastAt = line.at();
    processors = Math.max(processors, line.processors());
    busyProcessors += line.busy();
    allProcessors += line.processors();
    longestQueue = Math.max(longestQueue, Math.max(line.longest(), line.globalQueue()));
    // while the world stops, processors are idle by command
    skewed += line.idle() > 0 && line.longest() > 1 && !line.stopping() ? 1 : 0;
    saturated += line.idle() == 0 && line.queued() > line.processors() && !line.stopping() ? 1 : 0;
    queued.add(line.at(), line.queued());
    threads.add(line.at(), line.threads());
    spinning.add(line.at(), Math.max(0, line.spinning()));
    states = new HashMap<>();
  }

  /** The queue of one processor, of scheddetail. */
  void queue(long length) {
    detailed = true;
    longestQueue = Math.max(longestQueue, length);
  }

  /** A goroutine of scheddetail. */
  void goroutine(String state) {
    detailed = true;
    if (states.size() < MOST_STATES || states.containsKey(state)) {
      states.merge(state, 1L, Long::sum);
    }
  }

  List<SchedReport.State> states() {
    List<SchedReport.State> sorted = new ArrayList<>();
    states.forEach((state, count) -> sorted.add(new SchedReport.State(state, count)));
    sorted.sort(
        (a, b) ->
            a.count() == b.count()
                ? a.state().compareTo(b.state())
                : Long.compare(b.count(), a.count()));
    return sorted.subList(0, Math.min(STATES_SHOWN, sorted.size()));
  }

  double seconds() {
    return (lastAt - firstAt) / 1000.0;
  }
}
