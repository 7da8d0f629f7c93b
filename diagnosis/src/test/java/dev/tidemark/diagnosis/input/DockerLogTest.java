package dev.tidemark.diagnosis.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DockerLogTest {
  private final StringBuilder log = new StringBuilder();

  private void wrote(String stream, String text) {
    log.append("{\"log\":\"")
        .append(text.replace("\n", "\\n"))
        .append("\",\"stream\":\"")
        .append(stream)
        .append("\",\"time\":\"2026-11-22T12:00:00Z\"}\n");
  }

  private DockerLog open() {
    return new DockerLog(
        new ByteArrayInputStream(log.toString().getBytes(UTF_8)), line -> line.startsWith("open"));
  }

  private String read() throws IOException {
    return new String(open().readAllBytes(), UTF_8);
  }

  @Test
  void gives_what_the_container_wrote() throws Exception {
    wrote("stderr", "a \\u003c \\\\n \\ud83d\\ude00\n");
    log.append("{\"attrs\": {\"log\": \"no\"}, \"stream\": \"stdout\", \"log\": \"b\\n\"}\n");
    log.append("no entry\n{\"log\": 7}\n");
    wrote("stdout", "c");
    assertThat(read()).isEqualTo("a < \\n \ud83d\ude00\nb\nno entry\n{\"log\": 7}\nc");
  }

  @Test
  void parts_of_a_line_come_together_whatever_another_stream_writes() throws Exception {
    wrote("stderr", "one ");
    wrote("stdout", "two ");
    wrote("stderr", "line\n");
    wrote("stdout", "lines\n");
    assertThat(read()).isEqualTo("one line\ntwo lines\n");
  }

  @Test
  void a_block_is_not_parted() throws Exception {
    wrote("stderr", "open\n");
    wrote("stdout", "x\n");
    wrote("stdout", "\n");
    wrote("stderr", "  1\n");
    wrote("stderr", "\n");
    wrote("stdout", "y\n");
    wrote("stderr", "z\n");
    assertThat(read()).isEqualTo("open\n  1\n\nx\n\ny\nz\n");
  }

  @Test
  void what_waits_is_not_lost_where_a_block_does_not_end() throws Exception {
    wrote("stderr", "open\n");
    wrote("stdout", "x\n");
    assertThat(read()).isEqualTo("open\n\nx\n");
    log.setLength(0);
    wrote("stdout", "open\n");
    wrote("stderr", "open too\n");
    for (int i = 0; i < 100; i++) {
      wrote("stderr", "x".repeat(20_000) + "\n");
    }
    wrote("stdout", "late\n");
    assertThat(read()).startsWith("open\n\nopen too\nxxx").endsWith("x\n\nlate\n");
  }

  @Test
  void an_entry_cut_at_the_end_is_left_out_and_told() throws Exception {
    wrote("stderr", "whole\n");
    log.append("{\"log\":\"ha");
    DockerLog cut = open();
    assertThat(new String(cut.readAllBytes(), UTF_8)).isEqualTo("whole\n");
    assertThat(cut.wasCut()).isTrue();
    log.setLength(log.length() - 11);
    DockerLog whole = open();
    assertThat(whole.readAllBytes()).hasSize(6);
    assertThat(whole.wasCut()).isFalse();
  }

  @Test
  void knows_such_a_log_by_its_first_lines() {
    assertThat(isOne("{\"log\":\"a\\n\",\"stream\":\"stdout\",\"time\":\"t\"}\n")).isTrue();
    assertThat(isOne("\"time\":\"t\"}\n{ \"stream\": \"stderr\", \"log\": \"a\" }")).isTrue();
    assertThat(isOne("{\"log\":\"" + "a".repeat(5000))).isTrue();
    assertThat(isOne("{\"level\":\"info\",\"stream\":\"stdout\"}\n")).isFalse();
    assertThat(isOne("goroutine 1 [running]:\n")).isFalse();
  }

  private static boolean isOne(String head) {
    return DockerLog.isOne(head.getBytes(UTF_8));
  }
}
