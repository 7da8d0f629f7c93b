package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The forms in which full stacks are met in the wild. */
class StacksFormsTest {
  private static final String TWO =
      Dumps.goroutine(7, "chan send, 61 minutes", "main.(*queue).push", 41)
          + Dumps.goroutine(8, "chan send, 2 minutes", "main.(*queue).push", 41);

  private static void isTheOneGroup(GoroutineDump dump) {
    assertThat(dump.goroutines()).isEqualTo(2);
    assertThat(dump.groups()).hasSize(1);
    StackGroup group = dump.groups().get(0);
    assertThat(group.count()).isEqualTo(2);
    assertThat(group.state()).isEqualTo("chan send");
    assertThat(group.waited()).isEqualTo(new WaitMinutes(2, 61));
    assertThat(group.blockedAt())
        .isEqualTo(new Frame("main.(*queue).push", "/src/app/queue.go", 41));
    assertThat(group.createdBy()).isEqualTo(new Frame("main.serve", "/src/app/main.go", 20));
  }

  private static String eachLine(String prefix, String text) {
    return text.lines().map(line -> prefix + line).collect(Collectors.joining("\n"));
  }

  @Test
  void plain() throws Exception {
    GoroutineDump dump = Dumps.read(TWO);
    isTheOneGroup(dump);
    assertThat(dump.truncated()).isFalse();
  }

  @Test
  void the_stack_of_the_scheduler_is_no_goroutine() throws Exception {
    String idle =
        "goroutine 0 gp=0x5555 m=0 mp=0x5556 [idle]:\nruntime.futex()\n\t/go/x.s:1 +0x1\n\n";
    isTheOneGroup(Dumps.read(idle + TWO));
    isTheOneGroup(Dumps.read(TWO + idle + idle));
  }

  @Test
  void gzipped_and_with_windows_line_ends() throws Exception {
    isTheOneGroup(Dumps.read(Dumps.gzip(TWO.getBytes(StandardCharsets.UTF_8))));
    isTheOneGroup(Dumps.read(TWO.replace("\n", "\r\n")));
  }

  @Test
  void with_what_loggers_put_before_each_line() throws Exception {
    isTheOneGroup(Dumps.read(eachLine("2026-01-02T03:04:05.678Z ", TWO)));
    isTheOneGroup(Dumps.read(eachLine("Nov 21 01:02:03 host app[12]: ", TWO)));
    isTheOneGroup(Dumps.read(eachLine("    app_test.go:12: ", TWO).replace("\t", "    ")));
  }

  @Test
  void with_a_prefix_alone_at_its_end() throws Exception {
    String prefixed = eachLine("2026-01-02T03:04:05.678Z stderr F ", TWO.strip()) + "\n";
    String empty = "2026-01-02T03:04:06.1Z stderr F "; // the line end after it is missing
    assertThat(Dumps.read(prefixed + empty).truncated()).isFalse();
    assertThat(Dumps.read(prefixed + empty.stripTrailing()).truncated()).isFalse();
    assertThat(Dumps.read(prefixed + empty + "main.").truncated()).isTrue();
  }

  @Test
  void as_docker_keeps_it() throws Exception {
    StringBuilder log = new StringBuilder();
    for (String line : TWO.split("(?<=\n)")) {
      log.append(docker("stderr", line.substring(0, line.length() / 2)));
      log.append(docker("stdout", "main.other(0x1)\n")).append(docker("stdout", "\n"));
      log.append(docker("stderr", line.substring(line.length() / 2)));
    }
    GoroutineDump dump = Dumps.read(log.toString());
    isTheOneGroup(dump);
    assertThat(dump.truncated()).isFalse();
    String cut = log.substring(0, log.lastIndexOf("n.go:20") + 3);
    assertThat(Dumps.read(cut).truncated()).isTrue();
    String counts = "goroutine profile: total 5\n5 @ 0x1 0x2\n#\t0x4\tmain.f+0x1\t\t/f.go:1\n";
    StringBuilder counted = new StringBuilder();
    counts.lines().forEach(line -> counted.append(docker("stdout", line + "\n")));
    assertThat(Dumps.read(counted.toString()).goroutines()).isEqualTo(5);
  }

  private static String docker(String stream, String text) {
    String log = text.replace("\t", "\\t").replace("\n", "\\n");
    return "{\"log\":\"%s\",\"stream\":\"%s\",\"attrs\":{\"tag\":\"a\"},\"time\":\"2026\"}\n"
        .formatted(log, stream);
  }

  @Test
  void with_logs_between_the_lines() throws Exception {
    String text =
        "level=info msg=\"goroutine pool started (3)\"\n\n"
            + TWO.replace("created by", "level=warn msg=\"slow (x)\"\ncreated by");
    isTheOneGroup(Dumps.read(text));
  }

  @Test
  void with_a_syslog_prefix_that_starts_in_mid_goroutine() throws Exception {
    String[] halves = TWO.split("(?=main\\.\\(\\*queue)", 2);
    isTheOneGroup(Dumps.read(halves[0] + eachLine("Nov 21 host app: ", halves[1])));
  }

  @Test
  void written_into_one_line_by_a_logger() throws Exception {
    String text = "panic: boom\n\n" + TWO;
    String line =
        "{\"msg\":\"" + text.replace("\n", "\\n").replace("\t", "\\t") + "\"}\nnext line\n";
    isTheOneGroup(Dumps.read(line));
  }

  @Test
  void with_spaces_for_tabs_and_without_indentation() throws Exception {
    isTheOneGroup(Dumps.read(TWO.replace("\t", "        ")));
    isTheOneGroup(Dumps.read(TWO.replace("\t", "")));
  }

  @Test
  void with_pointers_registers_and_ancestors() throws Exception {
    String ancestors =
        """
        +0x5a
        [originating from goroutine 1]:
        main.main(...)
        \t/src/app/main.go:9 +0x1
        created by main.other
        \t/src/app/main.go:3 +0x1
        """;
    String text =
        TWO.replace("goroutine 7 [", "goroutine 7 gp=0xc000102c40 m=nil [")
            .replace("+0x1d\n", "+0x1d fp=0xc00008af60 sp=0xc00008af00 pc=0x4a5b60\n")
            .replace("+0x5a\n", ancestors);
    text = "SIGQUIT: quit\nPC=0x46a1 m=0 sigcode=0\n\n" + text + "rax    0x0\nexit status 2\n";
    isTheOneGroup(Dumps.read(text));
  }

  @Test
  void with_elided_frames() throws Exception {
    isTheOneGroup(Dumps.read(TWO.replace("created by", "...12 frames elided...\ncreated by")));
    isTheOneGroup(
        Dumps.read(TWO.replace("created by", "...additional frames elided...\ncreated by")));
  }

  @Test
  void with_a_goroutine_that_runs_on_another_thread() throws Exception {
    GoroutineDump dump =
        Dumps.read(
            """
            goroutine 5 [running]:
            \tgoroutine running on other thread; stack unavailable
            created by main.serve
            \t/src/app/main.go:20 +0x5a
            """);
    assertThat(dump.groups().get(0).blockedAt()).isNull();
    assertThat(dump.groups().get(0).createdBy())
        .isEqualTo(new Frame("main.serve", "/src/app/main.go", 20));
    assertThat(dump.truncated()).isFalse();
  }

  @Test
  void goroutines_that_come_twice_count_once() throws Exception {
    GoroutineDump dump = Dumps.read(TWO + "some log\n" + TWO);
    isTheOneGroup(dump);
    assertThat(dump.repeated()).isEqualTo(2);
  }

  @Test
  void an_age_that_only_some_have_starts_at_nought() throws Exception {
    GoroutineDump dump =
        Dumps.read(TWO + Dumps.goroutine(9, "chan send", "main.(*queue).push", 41));
    assertThat(dump.groups().get(0).waited()).isEqualTo(new WaitMinutes(0, 61));
  }

  @Test
  void a_module_named_like_the_standard_library_is_still_ones_own() throws Exception {
    GoroutineDump dump =
        Dumps.read(
            """
            goroutine 5 [select]:
            net/http.(*persistConn).writeLoop(0x1)
            \t/go/src/net/http/transport.go:1 +0x1
            log/sink.Write(0x1)
            \t/home/ann/log/sink/sink.go:5 +0x1
            """);
    assertThat(dump.groups().get(0).blockedAt())
        .isEqualTo(new Frame("log/sink.Write", "/home/ann/log/sink/sink.go", 5));
  }
}
