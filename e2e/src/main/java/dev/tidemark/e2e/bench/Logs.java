package dev.tidemark.e2e.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Texts of Go's runtime, the same at every run. Each method writes a file and names it. */
final class Logs {
  private static final int PLACES = 400;
  private static final int GO_STATEMENTS = 40;
  private static final int ADDRESSES = 8;
  private static final int OBJECTS = 2000;
  private static final String[] STATES = {
    "chan receive, 12 minutes",
    "chan send, 7 minutes",
    "select",
    "IO wait",
    "sync.Mutex.Lock",
    "semacquire, 3 minutes",
    "sleep",
    "running"
  };

  private final Path folder;

  Logs(Path folder) {
    this.folder = folder;
  }

  /** A debug=2 dump. */
  Path dump(String name, int goroutines, int frames) throws IOException {
    Path file = folder.resolve(name);
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (int i = 1; i <= goroutines; i++) {
        out.write("goroutine " + i + " [" + STATES[i % STATES.length] + "]:\n");
        for (int frame = 0; frame < frames; frame++) {
          int place = (i % PLACES) * 31 + frame * 7;
          out.write("example.com/shop/internal/orders.(*Worker" + place % 97 + ").step" + place);
          out.write("(0xc0" + Integer.toHexString(0x10000000 + i * 64) + ", {0x7f1ac0, 0x10})\n");
          out.write(
              "\t/srv/shop/internal/orders/worker" + place % 97 + ".go:" + place + " +0x65\n");
        }
        int starter = i % GO_STATEMENTS;
        out.write("created by example.com/shop/internal/orders.start" + starter);
        out.write(
            " in goroutine 1\n\t/srv/shop/internal/orders/start.go:" + starter + " +0x1a\n\n");
      }
    }
    return file;
  }

  /**
   * A debug=2 dump in which all wait for locks and share addresses by chance: hardest to judge, for
   * each has to do with many.
   */
  Path waiters(String name, int goroutines) throws IOException {
    Path file = folder.resolve(name);
    Random random = new Random(1);
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (int i = 2; i < goroutines + 2; i++) {
        out.write("goroutine " + i + " [sync.Mutex.Lock]:\nsync.(*Mutex).lockSlow(");
        out.write(address(random) + ")\n\t/go/src/sync/mutex.go:171 +0x1\nmain.step" + i / 2);
        for (int argument = 0; argument < ADDRESSES; argument++) {
          out.write((argument == 0 ? "(" : ", ") + address(random));
        }
        out.write(")\n\t/srv/shop/steps.go:1 +0x1\n");
        out.write("created by main.main in goroutine 1\n\t/srv/shop/main.go:1 +0x1\n\n");
      }
    }
    return file;
  }

  /**
   * A debug=2 dump in which each waits for the one listed behind it, whose object it knows, and
   * only the last goes on: hardest for whoever looks again and again until nothing changes.
   */
  Path chain(String name, int goroutines) throws IOException {
    Path file = folder.resolve(name);
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (int i = 0; i < goroutines; i++) {
        String state = i < goroutines - 1 ? "chan send" : "IO wait";
        long own = 0xc000100000L + i * 0x1000L;
        out.write("goroutine " + (i + 2) + " [" + state + "]:\nmain.stage");
        out.write(String.format(Locale.ROOT, "%06d(0x%x, 0x%x)", i, own, own + 0x1000));
        out.write("\n\t/srv/shop/stages.go:1 +0x1\n");
        out.write("created by main.main in goroutine 1\n\t/srv/shop/main.go:1 +0x1\n\n");
      }
    }
    return file;
  }

  private static String address(Random random) {
    return "0xc0" + Integer.toHexString(0x10000000 + random.nextInt(OBJECTS) * 16);
  }

  /** Lines of GODEBUG=gctrace=1. */
  Path gctrace(long bytes) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      lines.append("gc ").append(i).append(" @").append(i).append(".000s 1%: ");
      lines.append("0.02+1.0+0.01 ms clock, 0.04+0.250/0.750/0+0.02 ms cpu, 40->40->20 MB, ");
      lines.append("40 MB goal, 0 MB stacks, 0 MB globals, 2 P\n");
    }
    return repeated("gctrace.txt", lines.toString().getBytes(StandardCharsets.US_ASCII), bytes);
  }

  /** Lines of GODEBUG=schedtrace=100. */
  Path schedtrace(long bytes) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      lines.append("SCHED ").append(i * 100L).append("ms: gomaxprocs=8 idleprocs=6 threads=15 ");
      lines.append("spinningthreads=1 needspinning=0 idlethreads=9 runqueue=0 ");
      lines.append("[ 0 0 1 0 0 0 0 0 ] schedticks=[ 1 2 3 4 5 6 7 8 ]\n");
    }
    return repeated("schedtrace.txt", lines.toString().getBytes(StandardCharsets.US_ASCII), bytes);
  }

  /** A text again and again. */
  Path repeated(String name, byte[] text, long bytes) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (long written = 0; written < bytes; written += text.length) {
        out.write(text);
      }
    }
    return file;
  }
}
