package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.hprof.HprofBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Whole examples of what readers read, which {@link ReadersFuzz} damages. */
final class FuzzExamples {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private FuzzExamples() {}

  /**
   * Those of a reader; with a folder also its files, told by how their names begin: {@code
   * heap_text-…}.
   */
  static List<byte[]> of(FuzzedReader reader, Path folder) throws IOException {
    List<byte[]> examples = new ArrayList<>(own(reader));
    String start = reader.name().toLowerCase(Locale.ROOT) + "-";
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          if (file.getFileName().toString().startsWith(start)) {
            examples.add(Files.readAllBytes(file));
          }
        }
      }
    }
    return examples;
  }

  private static List<byte[]> own(FuzzedReader reader) throws IOException {
    return switch (reader) {
      case GOROUTINE_TEXT -> List.of(unpacked("dumps/leaky-go119-debug2.txt.gz"));
      case GOROUTINE_COUNTS -> List.of(file("dumps/leaky-go119-debug1.txt"));
      case GOROUTINE_PROTOBUF ->
          List.of(
              file("dumps/kernels-go119.pb.gz"),
              unpacked("dumps/kernels-go119.pb.gz"),
              unpacked("dumps/kernels-go127-goroutineleak.pb.gz"));
      case HEAP_PROTOBUF -> List.of(heap(), ProfileBytes.gzip(heap()));
      case HEAP_TEXT ->
          List.of(
              text(
                  """
                  heap profile: 3: 3072 [10: 10240] @ heap/1048576
                  2: 2048 [9: 9216] @ 0x46ac65 0x8195e5 0x8196a1
                  #	0x46ac64	main.(*cache).grow+0x24	/src/app/cache.go:31
                  #	0x8195e4	main.serve+0x44	/src/my app/main.go:12

                  1: 1024 [1: 1024] @ 0x8195e5 0x10

                  # runtime.MemStats
                  # Alloc = 123
                  """));
      case HPROF ->
          List.of(
              new HprofBytes(8).orders(6).rooted(3).garbage(3).toBytes(),
              new HprofBytes(4).orders(9).toBytes());
      case GCTRACE ->
          List.of(
              text(
                  """
                  app[7]: gc 7 @12.345s 3%: 0.10+2.5+0.05 ms clock, 0.40+1.5/4.0/9.0+0.20 ms cpu, 40->44->21 MB, 42 MB goal, 2 MB stacks, 1 MB globals, 4 P (forced)
                  app[7]: gc 8 @12.445s 3%: 0.10+2.5+0.05 ms clock, 0.40+1.5/4.0/9.0+0.20 ms cpu, 41->45->22 MB, 43 MB goal, 4 P
                  gc1(1): 5+0+186+0 us, 62 -> 31 MB, 18 (19-1) objects, 0/0/0 sweeps
                  """));
      case SCHEDTRACE ->
          List.of(
              text(
                  """
                  SCHED 4ms: gomaxprocs=2 idleprocs=1 threads=5 spinningthreads=1 needspinning=0 idlethreads=2 runqueue=3 [ 4 0 ] schedticks=[ 1 2 ]
                    P0: status=0 schedtick=5 syscalltick=0 m=nil runqsize=9 gfreecnt=0 timerslen=0
                    G2: status=4(force gc (idle)) m=nil lockedm=nil
                  """));
      case TRACE -> List.of(unpacked("trace/go127-parsed.txt.gz"));
      case KERNEL_LOG -> List.of(file("oom/kernel-6.18-cgroup-v1.txt"));
      case PANIC ->
          List.of(file("oom/go119-out-of-memory.txt"), file("oom/go127-stack-overflow.txt"));
      case CGROUP ->
          List.of(
              text(
                  """
                  == memory.max
                  67108864
                  == memory.events
                  low 0
                  high 0
                  max 6009
                  oom 2
                  oom_kill 1
                  == memory.stat
                  anon 60948480
                  file 208896
                  kernel_stack 65536
                  == memory.current
                  67100672
                  """),
              text(
                  """
                  == memory.limit_in_bytes
                  67108864
                  == memory.failcnt
                  17
                  == memory.oom_control
                  oom_kill_disable 0
                  under_oom 0
                  oom_kill 3
                  """));
      case SMAPS ->
          List.of(
              text(
                  """
                  c000000000-c004000000 rw-p 00000000 00:00 0
                  Size:              65536 kB
                  Rss:               10240 kB
                  Anonymous:         10240 kB
                  7f1a00000000-7f1a00021000 rw-p 00000000 00:00 0      [heap]
                  Rss:                 132 kB
                  """));
      case METRICS ->
          List.of(
              text(
                  "go_goroutines{a=\"b\"} 1.2e+03 17\ngo_memstats_heap_inuse_bytes 4e6\n# HeapInuse = 400\n"),
              text("{\"memstats\": {\"Sys\":900,\"LastGC\":1795269260778000000}}\n"));
    };
  }

  private static byte[] heap() {
    return ProfileBytes.heap()
        .sample(
            List.of("main.(*cache).put /src/cache.go:31", "main.main /src/main.go:9"), 1, 2, 3, 4)
        .sample(List.of("main.main /src/main.go:9"), 5, 6, 7, 8)
        .time(1)
        .toBytes();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(RESOURCES.resolve(name));
  }

  private static byte[] unpacked(String name) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(file(name))).readAllBytes();
  }
}
