package dev.tidemark.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class OomCommandTest {
  private static final String LOG = "src/test/resources/oom/kernel-6.18-cgroup-v1.txt";

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void text_tells_victim_and_invoker_and_what_the_kernel_counted_against_go() throws IOException {
    String metrics =
        write(
            "metrics.txt",
            "go_goroutines 3\ngo_gc_heap_live_bytes 5e7\ngo_memstats_sys_bytes 6e7\ngo_memstats_stack_inuse_bytes 3e5\n");
    Commands.Outcome outcome =
        Commands.run(
            "oom",
            "--kernel-log",
            LOG,
            "--memstats",
            metrics,
            "--boot-time",
            "2026-11-21T00:00:00Z");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("killed gcload-1.27 (25666): 58.3 MiB resident")
        .contains("on an allocation by python3 (25665, another process)")
        .contains("2026-11-21T13:08:31.906571Z +/- 1 s  kernel log")
        .contains("leak    oom-heap-leak")
        .contains("known to Go  57.2 MiB, live 47.7 MiB");
    String larger = write("larger.txt", "go_goroutines 3\ngo_memstats_sys_bytes 7e7\n");
    assertThat(Commands.run("oom", "--kernel-log", LOG, "--memstats", larger).out())
        .contains(
            "known to Go  66.8 MiB; 8.4 MiB more than was counted: its figures are of another");
  }

  @Test
  void a_file_that_is_no_kernel_log_is_not_said_to_hold_no_kill() throws IOException {
    String dump = "goroutine 1 [running]:\nmain.main()\n\t/src/a.go:1\n";
    for (String text : new String[] {"", dump, "<html><body>404", "\u0000\u0001journal"}) {
      Commands.Outcome outcome = Commands.run("oom", "--kernel-log", write("log.txt", text));
      assertThat(outcome.code()).as(text).isEqualTo(2);
      assertThat(outcome.err()).contains("log.txt is ").contains("needs a kernel log");
    }
    assertThat(Commands.run("oom", "--panic", write("p", "\u0000\u0001")).code()).isEqualTo(2);
    assertThat(Commands.run("oom", "--kernel-log", write("l", "[ 1.0] eth0: up\n")).code())
        .isZero();
  }

  @Test
  void json_is_as_the_schema_says_with_much_and_little_evidence() throws IOException {
    String panic =
        write(
            "panic.txt",
            "fatal error: out of memory\n\ngoroutine 7 [chan send, 3 minutes]:\nmain.push(0xc0)\n\t/src/queue.go:41 +0x1d\ncreated by main.serve\n\t/src/main.go:20 +0x5a\n");
    Files.createDirectory(folder.resolve("cg"));
    write("cg/memory.max", "67108864\n");
    write("cg/memory.events", "low 0\nhigh 0\nmax 5\noom 1\noom_kill 1\n");
    String cgroup = folder.resolve("cg").toString();
    String much =
        Commands.run(
                "oom",
                "--kernel-log",
                LOG,
                "--panic",
                panic,
                "--cgroup",
                cgroup,
                "--format",
                "json")
            .out();
    assertThat(Schemas.problems("oom", much)).isEmpty();
    assertThat(much).contains("\"id\" : \"oom-go-fatal\"");
    String quiet = write("log", "level=info msg=served\n");
    String little = Commands.run("oom", "--panic", quiet, "--format=json").out();
    assertThat(Schemas.problems("oom", little)).isEmpty();
    assertThat(Commands.run("oom", "--panic", panic, "--fail-on", "leak").code()).isEqualTo(1);
    assertThat(Commands.run("oom", "--panic", panic, "--format", "html").out())
        .contains("oom-go-fatal");
  }

  @Test
  void a_panic_on_standard_input_tells_its_words_and_its_stacks() throws IOException {
    String panic =
        "fatal error: out of memory\n\ngoroutine 7 [chan send (nil chan), 3 minutes]:\nmain.push(0xc0)\n\t/src/queue.go:41 +0x1d\n";
    Commands.Outcome outcome = Commands.given(panic, "oom", "--panic", "-");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEqualTo(Commands.run("oom", "--panic", write("p", panic)).out());
    assertThat(outcome.out()).contains("oom-go-fatal");
  }

  @Test
  void wrong_evidence_and_wrong_flags_are_refused_with_what_is_needed() throws IOException {
    assertThat(Commands.run("oom").err()).contains("needs one of --kernel-log");
    assertThat(Commands.run("oom", "--cgroup", folder.toString()).err())
        .contains("holds no files of a memory cgroup");
    assertThat(Commands.run("oom", "--cgroup", folder.resolve("no").toString()).code())
        .isEqualTo(2);
    assertThat(Commands.run("oom", "--memstats", write("m", "<html>")).err())
        .contains("is an HTML page; needs metrics of a Go process");
    assertThat(Commands.run("oom", "--kernel-log", LOG, "--zone", "Mars").code()).isEqualTo(2);
    assertThat(Commands.run("oom", "--kernel-log", LOG, "--window", "soon").code()).isEqualTo(2);
    assertThat(Commands.run("oom", "--kernel-log", LOG, "--boot-time", "noon").code()).isEqualTo(2);
  }

  @Test
  void kills_that_the_cgroup_counted_stand_in_the_first_line() throws IOException {
    Files.createDirectory(folder.resolve("cg"));
    write("cg/memory.max", "67108864\n");
    write("cg/memory.events", "low 0\nhigh 0\nmax 5\noom 3\noom_kill 2\n");
    String cgroup = folder.resolve("cg").toString();
    assertThat(Commands.run("oom", "--cgroup", cgroup).out())
        .startsWith("2 kills by the kernel, counted by the cgroup\n");
    assertThat(Commands.run("oom", "--cgroup", cgroup, "--kernel-log", LOG).out())
        .startsWith("2 kills by the kernel, 1 of them in the log\n");
    write("cg/memory.events", "low 0\nhigh 0\nmax 5\noom 0\noom_kill 0\n");
    assertThat(Commands.run("oom", "--cgroup", cgroup).out()).startsWith("0 kills by the kernel\n");
  }

  @Test
  void the_thread_of_the_victim_that_asked_is_no_other_process() throws IOException {
    String log = Files.readString(Path.of(LOG)).replace("python3 invoked", "gcload-1.27 invoked");
    String thread = log.replaceAll("PID: 25665 Comm: python3", "PID: 25670 Comm: gcload-1.27");
    assertThat(Commands.run("oom", "--kernel-log", write("thread.log", thread)).out())
        .contains("on an allocation by gcload-1.27 (25670, a thread of it)");
    String listed = log.replaceAll("PID: 25665 Comm: python3", "PID: 25665 Comm: gcload-1.27");
    assertThat(Commands.run("oom", "--kernel-log", write("listed.log", listed)).out())
        .contains("on an allocation by gcload-1.27 (25665, another process)");
    String none = thread.replaceAll("(?m)^.*\\] \\[ *\\d+\\] .*\n", "");
    assertThat(Commands.run("oom", "--kernel-log", write("none.log", none)).out())
        .contains("by gcload-1.27 (25670, a thread or a process of its name)");
  }

  @Test
  void a_recursion_without_an_end_is_named() throws IOException {
    String panic =
        write(
            "overflow.txt",
            """
            runtime: goroutine stack exceeds 1000000000-byte limit
            fatal error: stack overflow

            goroutine 1 [running]:
            main.rec(0x15)
            	/src/main.go:15 +0x33 fp=0x1 sp=0x2 pc=0x3
            main.rec(0x0?)
            	/src/main.go:15 +0x1c fp=0x1 sp=0x2 pc=0x3
            """);
    assertThat(Commands.run("oom", "--panic", panic).out())
        .contains("oom-stack-overflow")
        .contains("+ what ran was main.rec /src/main.go:15");
  }

  @Test
  void what_has_no_time_has_no_uncertainty_either() throws IOException {
    String panic =
        write("p", "fatal error: out of memory\n\ngoroutine 7 [running]:\nmain.f()\n\t/a.go:1\n");
    assertThat(Commands.run("oom", "--panic", panic).out())
        .contains("  1  at no known time  panic: ");
    String json = Commands.run("oom", "--panic", panic, "--format", "json").out();
    assertThat(json).contains("\"uncertainty\" : null");
    assertThat(Schemas.problems("oom", json)).isEmpty();
  }

  @Test
  void what_no_process_wrote_is_refused_and_a_log_without_last_words_is_not() throws IOException {
    for (String text : new String[] {"", "hello\n", "x".repeat(100_000), "heap profile: 1: 2\n"}) {
      Commands.Outcome outcome = Commands.run("oom", "--panic", write("p", text));
      assertThat(outcome.code()).as(text).isEqualTo(2);
      assertThat(outcome.err()).contains("needs what the process wrote");
    }
    String log = "2026-11-21T10:00:00Z INFO served\n";
    Commands.Outcome quiet = Commands.run("oom", "--kernel-log", LOG, "--panic", write("p", log));
    assertThat(quiet.code()).isZero();
    assertThat(quiet.out()).contains("the one given holds neither, as when the kernel kills");
  }

  @Test
  void a_log_of_packages_is_no_kernel_log() throws IOException {
    String file = write("dpkg.log", "2025-06-24 14:36:25 startup archives unpack\n");
    Commands.Outcome outcome = Commands.run("oom", "--kernel-log", file);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("is text of another kind without a line of a kernel; needs a kernel log");
  }

  @Test
  void a_flag_that_cannot_be_read_is_named_with_what_it_takes() {
    String[][] wrong = {
      {"--zone", "Mars", "--zone Mars: needs a zone such as Europe/Berlin"},
      {"--window", "soon", "--window soon: needs a duration such as 100ms"},
      {"--boot-time", "noon", "--boot-time noon: needs a time with its zone such as 2026-"},
    };
    for (String[] flag : wrong) {
      Commands.Outcome outcome = Commands.run("oom", "--kernel-log", LOG, flag[0], flag[1]);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).contains(flag[2]);
    }
    assertThat(
            Commands.run("oom", "--kernel-log", LOG, "--boot-time", "2026-11-21T01:00:00+01:00")
                .out())
        .contains("2026-11-21T13:08:31.906571Z");
  }

  @Test
  void seconds_since_boot_are_told_to_the_microsecond() {
    assertThat(Commands.run("oom", "--kernel-log", LOG).out())
        .contains("47311.906571 s since boot +/- 1 ms");
  }

  @Test
  void of_a_kill_for_the_machine_the_memory_is_the_victims() throws IOException {
    String log =
        write(
            "node.txt",
            "[ 1.000001] Out of memory: Killed process 7 (pay) total-vm:9kB, anon-rss:1024kB, file-rss:4kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0\n");
    assertThat(Commands.run("oom", "--kernel-log", log).out())
        .contains("victim       anonymous 1.0 MiB")
        .doesNotContain("container  ");
    assertThat(Commands.run("oom", "--kernel-log", LOG).out()).contains("container    anonymous ");
  }

  @Test
  void the_age_of_gos_figures_stands_beside_them() throws IOException {
    String metrics = write("m", "go_memstats_sys_bytes 6e7\ngo_memstats_last_gc_time_seconds ");
    String kill = "2026-11-21T13:08:31Z";
    Files.writeString(
        Path.of(metrics),
        Files.readString(Path.of(metrics))
            + (java.time.Instant.parse(kill).getEpochSecond() - 36_000)
            + "\n");
    assertThat(
            Commands.run(
                    "oom",
                    "--kernel-log",
                    LOG,
                    "--memstats",
                    metrics,
                    "--boot-time",
                    "2026-11-21T00:00:00Z")
                .out())
        .contains("; figures of 9.97 h or more before the kill");
  }
}
