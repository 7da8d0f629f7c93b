package dev.tidemark.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.gctrace.GcOptions;
import dev.tidemark.diagnosis.gctrace.GcTrace;
import dev.tidemark.diagnosis.gomemory.GoMemoryReader;
import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.oom.Evidence;
import dev.tidemark.diagnosis.oom.OomOptions;
import dev.tidemark.diagnosis.sched.SchedTrace;
import dev.tidemark.diagnosis.trace.ExecutionTrace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a file holds, each reader ends with a report or says what is wrong, and nothing else.
 * -Dtidemark.fuzz.cases and -Dtidemark.fuzz.bytes make long runs of it.
 */
class HostileRuntimeEvidenceTest {
  private static final int CASES = Integer.getInteger("tidemark.fuzz.cases", 150);
  private static final long BYTES = Long.getLong("tidemark.fuzz.bytes", 8L << 20);
  private static final long SEED = Long.getLong("tidemark.fuzz.seed", 20261121);
  private static final OomOptions OPTIONS =
      new OomOptions(0.1, ZoneOffset.UTC, Instant.EPOCH, Instant.parse("2026-11-22T00:00:00Z"));

  /** Each reader with a whole example of what it reads. */
  enum Reader {
    GCTRACE(
        """
      app[7]: gc 7 @12.345s 3%: 0.10+2.5+0.05 ms clock, 0.40+1.5/4.0/9.0+0.20 ms cpu, 40->44->21 MB, 42 MB goal, 2 MB stacks, 1 MB globals, 4 P (forced)
      gc1(1): 5+0+186+0 us, 62 -> 31 MB, 18 (19-1) objects, 0/0/0 sweeps
      """) {
      @Override
      void read(Input in) throws IOException {
        GcTrace.read("f", in, new GcOptions(64L << 20, 60L << 20));
      }
    },
    SCHEDTRACE(
        """
      SCHED 4ms: gomaxprocs=2 idleprocs=1 threads=5 spinningthreads=1 needspinning=0 idlethreads=2 runqueue=3 [ 4 0 ] schedticks=[ 1 2 ]
        P0: status=0 schedtick=5 syscalltick=0 m=nil runqsize=9 gfreecnt=0 timerslen=0
        G2: status=4(force gc (idle)) m=nil lockedm=nil
      """) {
      @Override
      void read(Input in) throws IOException {
        SchedTrace.read("f", in);
      }
    },
    KERNEL("") {
      @Override
      void read(Input in) throws IOException {
        Evidence evidence = new Evidence(OPTIONS);
        evidence.kernelLog(in);
        evidence.report();
      }
    },
    PANIC(
        "2026-11-21T10:00:00Z runtime: out of memory: cannot allocate 67108864-byte block (469762048 in use)\nfatal error: out of memory\n") {
      @Override
      void read(Input in) throws IOException {
        Evidence evidence = new Evidence(OPTIONS);
        evidence.panic(in);
        evidence.report();
      }
    },
    SMAPS(
        "c000000000-c004000000 rw-p 00000000 00:00 0 \nRss:               10240 kB\nAnonymous:  10240 kB\n") {
      @Override
      void read(Input in) throws IOException {
        Evidence evidence = new Evidence(OPTIONS);
        evidence.smaps(in);
        evidence.report();
      }
    },
    MEMORY(
        "go_goroutines{a=\"b\"} 1.2e+03 17\n# HeapInuse = 400\n{\"memstats\": {\"Sys\":900,\"LastGC\":1795269260778000000}}\n") {
      @Override
      void read(Input in) throws IOException {
        GoMemoryReader.read(in).live();
      }
    },
    TRACE(
        "M=1 P=0 G=1 StateTransition Time=5 GoID=10 NotExist->Runnable Reason=\"\"\nTransitionStack=\n\tmain.work @ 0x4a\n\t\t/src/main.go:9\n\nM=1 P=0 G=1 RangeBegin Time=7 Name=\"GC mark assist\" Scope=Goroutine(1)\n") {
      @Override
      void read(Input in) throws IOException {
        ExecutionTrace.read("f", in);
      }
    };

    private final String example;

    Reader(String example) {
      this.example = example;
    }

    abstract void read(Input in) throws IOException;

    byte[] bytes() {
      try {
        return example.isEmpty()
            ? Files.readAllBytes(Path.of("src/test/resources/oom/kernel-6.18-cgroup-v1.txt"))
            : example.getBytes(StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Anything but a report or a word on what is wrong fails the test. */
  private static void survives(Reader reader, byte[] bytes, String what) {
    try {
      reader.read(Input.open(new ByteArrayInputStream(bytes), 64L << 20));
    } catch (BadInputException e) {
      assertThat(e.getMessage()).as(what).isNotBlank();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new AssertionError(reader + ": " + what, e);
    }
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void a_file_cut_at_every_byte_is_read_or_refused(Reader reader) {
    byte[] whole = reader.bytes();
    for (int end = 0; end <= whole.length; end++) {
      survives(reader, Arrays.copyOf(whole, end), "cut at " + end);
    }
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void seeded_damage_is_read_or_refused(Reader reader) {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      survives(reader, damaged(reader.bytes(), new Random(seed)), "seed " + seed);
    }
  }

  /** Bytes changed, cut out and doubled, numbers made huge, lines joined, noise put in. */
  private static byte[] damaged(byte[] whole, Random random) {
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    for (int i = 1 + random.nextInt(6); i > 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + random.nextInt(40));
      String head = text.substring(0, at);
      String tail = text.substring(to);
      text =
          switch (random.nextInt(7)) {
            case 0 -> head + tail;
            case 1 -> head + text.substring(at, to).repeat(1 + random.nextInt(4)) + tail;
            case 2 -> head + "9".repeat(1 + random.nextInt(60)) + tail;
            case 3 -> head + (char) random.nextInt(256) + tail;
            case 4 -> text.replace("\n", random.nextBoolean() ? " " : "\r\n");
            case 5 -> head + "-1 NaN 1e999 [[((\"\\n" + tail;
            default -> tail + head;
          };
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void noise_and_one_endless_line_are_refused_or_read(Reader reader) {
    byte[] noise = new byte[100_000];
    new Random(SEED).nextBytes(noise);
    survives(reader, noise, "noise");
    for (String part :
        List.of(" ", "9", "a", "[", "[ 1", "gc ", "0+", "(", "->", "M=", " Time=", "Nov ")) {
      byte[] line = part.repeat(200_000 / part.length()).getBytes(StandardCharsets.UTF_8);
      survives(reader, line, "a line of " + part);
      survives(
          reader,
          ("SCHED 1ms: gomaxprocs=1 idleprocs=1 threads=1 ["
                  + new String(line, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8),
          "SCHED and " + part);
      survives(
          reader,
          ("Memory cgroup stats for /\n"
                  + new String(line, StandardCharsets.UTF_8)
                  + " Killed process 1 (")
              .getBytes(StandardCharsets.UTF_8),
          "kill and " + part);
    }
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  @Timeout(3600)
  void a_stream_without_an_end_is_read_to_the_bound_in_little_memory(Reader reader)
      throws IOException {
    byte[] whole = reader.bytes();
    InputStream endless =
        new InputStream() {
          private long at;

          @Override
          public int read() {
            return whole[(int) (at++ % whole.length)];
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) {
              into[offset + i] = whole[(int) (at++ % whole.length)];
            }
            return length;
          }
        };
    long before = System.nanoTime();
    Input in = Input.open(endless, BYTES);
    reader.read(in);
    assertThat(in.bytes()).isEqualTo(BYTES);
    assertThat(in.wasCut()).isTrue();
    if (Long.getLong("tidemark.fuzz.bytes") != null) {
      System.err.printf(
          "%s: %.1f s for %d bytes%n", reader, (System.nanoTime() - before) / 1e9, BYTES);
    }
  }
}
