package dev.tidemark.e2e.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The child processes of one run; closing it ends every one of them, whatever state the run is in.
 * Thread-safe: starting and closing exclude one another, and nothing starts after closing.
 */
public final class Processes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Path logs;
  private final Watchdog watchdog;
  private final List<OwnedProcess> running = new ArrayList<>();
  private boolean closed;

  private Processes(Path logs, Watchdog watchdog) {
    this.logs = logs;
    this.watchdog = watchdog;
  }

  /** Opens a run whose processes write their logs to {@code logs}. */
  public static Processes in(Path logs) throws IOException {
    Files.createDirectories(logs);
    return new Processes(logs, Watchdog.start());
  }

  /** Starts a program; its output goes to NAME.log, appended, so that a restart keeps the story. */
  public OwnedProcess start(String name, List<String> command) throws IOException {
    return start(name, command, Map.of());
  }

  public synchronized OwnedProcess start(
      String name, List<String> command, Map<String, String> environment) throws IOException {
    if (closed) {
      throw new IOException("the run is over; " + name + " is not started");
    }
    Path log = logs.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    watchdog.began(process.pid());
    OwnedProcess owned = new OwnedProcess(name, process, log);
    running.add(owned);
    var unused = process.onExit().thenRun(() -> forget(owned));
    return owned;
  }

  private synchronized void forget(OwnedProcess owned) {
    running.remove(owned);
    watchdog.ended(owned.pid());
  }

  /** Names of those that still run. */
  public synchronized List<String> running() {
    return running.stream().filter(OwnedProcess::isAlive).map(OwnedProcess::name).toList();
  }

  /** Asks all to end, newest first, and kills those that do not within a few seconds. */
  @Override
  public void close() {
    List<OwnedProcess> ending;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      ending = new ArrayList<>(running);
    }
    for (int i = ending.size() - 1; i >= 0; i--) {
      ending.get(i).terminate();
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (OwnedProcess process : ending) {
      process.endBy(deadline);
    }
    watchdog.close();
  }
}
