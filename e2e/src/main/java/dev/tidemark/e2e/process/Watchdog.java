package dev.tidemark.e2e.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shell that outlives this JVM by a moment: it reads which processes run from a pipe, and when
 * the pipe closes, because we ended in whatever way, kills those that are left. Thread-safe by one
 * lock.
 */
final class Watchdog implements AutoCloseable {
  // "+ 12" a process began, "- 12" it ended; end of input means that the run is over.
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      left=' '
      while read -r sign pid; do
        case $sign in
          +) left="$left$pid " ;;
          -) left="${left%% $pid *} ${left#* $pid }" ;;
        esac
      done
      for pid in $left; do kill -KILL "$pid"; done
      """;

  private final Process shell;
  private final OutputStream pipe;

  private Watchdog(Process shell) {
    this.shell = shell;
    this.pipe = shell.getOutputStream();
  }

  static Watchdog start() throws IOException {
    Process shell =
        new ProcessBuilder(List.of("setsid", "sh", "-c", SCRIPT, "tidemark-watchdog"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Watchdog(shell);
  }

  void began(long pid) throws IOException {
    write("+ " + pid);
  }

  void ended(long pid) {
    try {
      write("- " + pid);
    } catch (IOException e) {
      // The watchdog is gone; what it would have killed has ended anyway.
    }
  }

  private synchronized void write(String line) throws IOException {
    pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }

  @Override
  public synchronized void close() {
    try {
      pipe.close();
    } catch (IOException e) {
      shell.destroyForcibly();
    }
  }
}
