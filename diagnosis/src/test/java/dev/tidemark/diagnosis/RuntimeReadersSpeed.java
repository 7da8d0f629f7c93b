package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.gctrace.GcOptions;
import dev.tidemark.diagnosis.gctrace.GcTrace;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.oom.Evidence;
import dev.tidemark.diagnosis.oom.OomOptions;
import dev.tidemark.diagnosis.sched.SchedTrace;
import dev.tidemark.diagnosis.trace.ExecutionTrace;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Prints how fast the readers of logs are, by CPU time, on an endless stream of one file: the
 * argument is the number of bytes of each, default 96 MiB. Run in the folder of the module.
 */
final class RuntimeReadersSpeed {
  private static final int WARM_UPS = 2;

  private interface Reader {
    void read(Input in) throws IOException;
  }

  private RuntimeReadersSpeed() {}

  public static void main(String[] args) throws IOException {
    long bytes = args.length == 0 ? 96L << 20 : Long.parseLong(args[0]);
    StringBuilder gc = new StringBuilder();
    StringBuilder sched = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      gc.append("gc ").append(i).append(" @").append(i).append(".000s 1%: ");
      gc.append("0.02+1.0+0.01 ms clock, 0.04+0.250/0.750/0+0.02 ms cpu, 40->40->20 MB, ");
      gc.append("40 MB goal, 0 MB stacks, 0 MB globals, 2 P\n");
      sched.append("SCHED ").append(i * 100L).append("ms: gomaxprocs=8 idleprocs=6 threads=15 ");
      sched.append("spinningthreads=1 needspinning=0 idlethreads=9 runqueue=0 ");
      sched.append("[ 0 0 1 0 0 0 0 0 ] schedticks=[ 1 2 3 4 5 6 7 8 ]\n");
    }
    Path resources = Path.of("src", "test", "resources");
    byte[] kernel = Files.readAllBytes(resources.resolve("oom/kernel-6.18-cgroup-v1.txt"));
    byte[] trace;
    try (InputStream packed =
        new GZIPInputStream(Files.newInputStream(resources.resolve("trace/go127-parsed.txt.gz")))) {
      trace = packed.readAllBytes();
    }
    OomOptions options = new OomOptions(0.1, ZoneOffset.UTC, null, Instant.EPOCH);
    measure("gctrace", ascii(gc), bytes, in -> GcTrace.read("f", in, GcOptions.none()));
    measure("schedtrace", ascii(sched), bytes, in -> SchedTrace.read("f", in));
    measure("trace", trace, bytes, in -> ExecutionTrace.read("f", in));
    measure("oom --kernel-log", kernel, bytes, in -> new Evidence(options).kernelLog(in));
    measure("oom --panic", kernel, bytes, in -> new Evidence(options).panic(in));
  }

  private static byte[] ascii(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void measure(String name, byte[] text, long bytes, Reader reader)
      throws IOException {
    long lines = 0;
    for (byte b : text) {
      lines += b == '\n' ? 1 : 0;
    }
    for (int i = 0; i < WARM_UPS; i++) {
      reader.read(Input.open(new Endless(text), Math.min(bytes, 96L << 20)));
    }
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    reader.read(Input.open(new Endless(text), bytes));
    double cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-18s %6.0f MiB/s  %,12.0f lines/s  %.1f s CPU%n",
        name,
        bytes / cpu / (1 << 20),
        (double) lines / text.length * bytes / cpu,
        cpu);
  }

  /** A text again and again. */
  private static final class Endless extends InputStream {
    private final byte[] text;
    private long at;

    Endless(byte[] text) {
      this.text = text;
    }

    @Override
    public int read() {
      return text[(int) (at++ % text.length)];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int from = (int) (at % text.length);
      int count = Math.min(length, text.length - from);
      System.arraycopy(text, from, into, offset, count);
      at += count;
      return count;
    }
  }
}
