package dev.tidemark.e2e.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One child process with its log. Thread-safe: it only wraps the JDK's handle. */
public final class OwnedProcess {
  private final String name;
  private final Process process;
  private final Path log;

  OwnedProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL, to it and what it started, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** Waits for the end; the exit code. */
  public int await(long atMost, TimeUnit unit) throws InterruptedException, IOException {
    if (!process.waitFor(atMost, unit)) {
      throw new IOException(
          name + " did not end within " + unit.toSeconds(atMost) + " s\n" + tail(20));
    }
    return process.exitValue();
  }

  void endBy(long deadlineNanos) {
    try {
      long left = Math.max(0, deadlineNanos - System.nanoTime());
      if (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** How it stands and the last lines of its log, for a message. */
  public String describe() {
    String state = isAlive() ? "runs" : "ended with exit code " + process.exitValue();
    return name + " (pid " + pid() + ") " + state + "; the end of " + log + ":\n" + tail(12);
  }

  /** The last lines of the log; empty when there is none. */
  public String tail(int lines) {
    try {
      List<String> all =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }
}
