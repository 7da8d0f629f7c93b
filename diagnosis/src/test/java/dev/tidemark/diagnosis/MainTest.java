package dev.tidemark.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.diagnosis.goroutine.GoroutineAnalysis;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.Limits;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class MainTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private String dump = "";

  @BeforeEach
  void write() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 600; i++) {
      text.append(
          stack(i, "chan send, " + (i == 7 ? 61 : 2) + " minutes", "main.(*queue).push", 41));
    }
    text.append(stack(601, "IO wait", "main.run\u001b[31m", 9));
    dump = folder.resolve("dump.txt").toString();
    Files.writeString(Path.of(dump), text);
  }

  private static String stack(int id, String state, String function, int line) {
    return """
        goroutine %d [%s]:
        %s(0xc000012018)
        	/src/app/queue.go:%d +0x1d
        created by main.serve
        	/src/app/main.go:20 +0x5a

        """
        .formatted(id, state, function, line);
  }

  @Test
  void text_is_short_with_the_leak_first() {
    Commands.Outcome outcome = Commands.run("goroutines", dump);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            dump
                + """
                : 601 goroutines in 2 groups
                leak        600  chan send, 61 min  at main.(*queue).push /src/app/queue.go:41  created by main.serve /src/app/main.go:20
                                 600 goroutines blocked on one channel send, the oldest for 61 min
                normal        1  IO wait  at main.run?[31m /src/app/queue.go:9  created by main.serve /src/app/main.go:20
                """);
  }

  @Test
  void one_is_one() throws Exception {
    String one = Files.writeString(folder.resolve("one"), stack(1, "chan send", "f", 1)).toString();
    assertThat(Commands.run("goroutines", one).out())
        .startsWith(one + ": 1 goroutine in 1 group\n");
    assertThat(Commands.run("goroutines", "--format=html", one).out())
        .contains("1 goroutine in 1 group<");
    assertThat(Commands.run("goroutines", "--fleet", one).out())
        .startsWith("1 file with 1 goroutine\n")
        .contains("1 of 1 file holds this stack: 1 goroutine, most (1) in");
  }

  @Test
  void a_reason_is_shown_whole() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 100; i++) {
      text.append(stack(i, "select, 21 minutes", "net/http.(*persistConn).readLoop", 1));
    }
    String bodies = Files.writeString(folder.resolve("bodies"), text).toString();
    assertThat(Commands.run("goroutines", bodies).out())
        .contains("no dump tells who asked (net/http: ")
        .endsWith("read the body and Close() it)\n");
  }

  @Test
  void json_has_the_shape_of_the_contract() throws Exception {
    Commands.Outcome outcome = Commands.run("goroutines", "--format", "json", dump);
    JsonNode report = JSON.readTree(outcome.out());
    JsonNode expected =
        JSON.readTree(
            """
            {"count": 600, "state": "chan send", "waitMinutes": {"min": 2, "max": 61},
             "blockedAt": {"function": "main.(*queue).push", "file": "/src/app/queue.go", "line": 41},
             "createdBy": {"function": "main.serve", "file": "/src/app/main.go", "line": 20},
             "verdict": "leak", "finding": "goroutine-blocked-send",
             "reason": "600 goroutines blocked on one channel send, the oldest for 61 min"}
            """);
    assertThat(report.get("groups").get(0)).isEqualTo(expected);
    assertThat(report.get("groups").get(1).get("waitMinutes").isNull()).isTrue();
    assertThat(report.get("file").textValue()).isEqualTo(dump);
    assertThat(report.get("goroutines").intValue()).isEqualTo(601);
    assertThat(report.get("truncated").booleanValue()).isFalse();
    assertThat(report).hasSize(4);
  }

  @Test
  void json_is_what_databind_makes_of_the_records() throws Exception {
    byte[] bytes = Files.readAllBytes(Path.of(dump));
    JsonNode records =
        JSON.valueToTree(
            GoroutineAnalysis.report(
                dump, GoroutineDumps.read(new ByteArrayInputStream(bytes), Limits.defaults())));
    assertThat(JSON.readTree(JSON.writeValueAsString(records)))
        .isEqualTo(JSON.readTree(Commands.run("goroutines", "--format=json", dump).out()));
  }

  @Test
  void json_is_valid_by_its_schema() throws Exception {
    assertThat(
            Schemas.problems("goroutines", Commands.run("goroutines", "--format=json", dump).out()))
        .isEmpty();
    assertThat(
            Schemas.problems(
                "goroutines", Commands.run("goroutines", "--format=json", dump, dump).out()))
        .isEmpty();
    assertThat(Schemas.problems("goroutines", "{\"file\": 7}")).isNotEmpty();
  }

  @Test
  void a_fleet_is_one_report_and_the_source_is_shown() throws Exception {
    Commands.Outcome fleet = Commands.run("goroutines", "--fleet", "--format", "json", dump, dump);
    assertThat(Schemas.problems("goroutines", fleet.out())).isEmpty();
    assertThat(JSON.readTree(fleet.out()).at("/shared/0/inFiles").intValue()).isEqualTo(2);
    assertThat(Commands.run("goroutines", "--fleet", "--fail-on", "leak", dump, dump).out())
        .contains("2 of 2 files share this stack: 1,200 goroutines");
    String wrong = Files.writeString(folder.resolve("wrong"), "<html>").toString();
    Commands.Outcome partly = Commands.run("goroutines", "--fleet", wrong, dump, "gone", dump);
    assertThat(partly.code()).isEqualTo(2);
    assertThat(partly.out())
        .contains(
            "not judged: " + wrong + " is an HTML page; needs", "not judged: gone is not there")
        .contains("2 of 2 files share this stack");
    assertThat(Commands.run("goroutines", "--fleet", "--fail-on=leak", wrong, dump).code())
        .isEqualTo(1);
    String json2 = Commands.run("goroutines", "--fleet", "--format=json", wrong, dump).out();
    assertThat(Schemas.problems("goroutines", json2)).isEmpty();
    assertThat(JSON.readTree(json2).at("/unread/0/file").textValue()).isEqualTo(wrong);
    Commands.Outcome none = Commands.run("goroutines", "--fleet", wrong);
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains(wrong + " is an HTML page; needs");
    Path code = Files.createDirectories(folder.resolve("code/app"));
    Files.writeString(code.resolve("queue.go"), "\n".repeat(40) + "\tq.items <- item\n");
    String source = folder.resolve("code").toString();
    assertThat(Commands.run("goroutines", "--source", source, dump).out())
        .contains("| q.items <- item");
    String json =
        Commands.run("goroutines", "--source", source, "--baseline", dump, "--format=json", dump)
            .out();
    assertThat(Schemas.problems("goroutines", json)).isEmpty();
    assertThat(JSON.readTree(json).at("/groups/0/baseline/0").intValue()).isEqualTo(600);
    assertThat(Commands.run("goroutines", "--source", dump, dump).code()).isEqualTo(2);
  }

  @Test
  void html_is_one_page_that_escapes_what_it_shows() throws Exception {
    Path odd = folder.resolve("odd.txt");
    Files.writeString(odd, stack(1, "select", "main.run<script>alert(1)</script>", 9));
    String page = Commands.run("goroutines", "--format", "html", odd.toString(), dump).out();
    assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(page).doesNotContain("<script").doesNotContain("\u001b");
    assertThat(page).contains("<td class=\"leak\">leak</td><td class=\"number\">600</td>");
  }

  @Test
  void several_files_give_an_array() throws Exception {
    JsonNode reports =
        JSON.readTree(Commands.run("goroutines", "--format", "json", dump, dump).out());
    assertThat(reports.isArray()).isTrue();
    assertThat(reports).hasSize(2);
  }

  @Test
  void fails_only_when_asked_to() throws Exception {
    Path quiet = folder.resolve("quiet.txt");
    Files.writeString(
        quiet, stack(1, "chan send, 2 minutes", "main.f", 1) + stack(2, "sleep", "main.g", 2));
    assertThat(Commands.run("goroutines", dump).code()).isZero();
    assertThat(Commands.run("goroutines", "--fail-on", "leak", dump).code()).isEqualTo(1);
    assertThat(Commands.run("goroutines", "--fail-on", "leak", quiet.toString()).code()).isZero();
    assertThat(Commands.run("goroutines", "--fail-on", "suspect", quiet.toString()).code())
        .isEqualTo(1);
    assertThat(Commands.run("goroutines", "--fail-on", "suspect", "--baseline", dump, dump).code())
        .isEqualTo(1);
  }

  @Test
  void says_what_is_wrong_with_a_file_or_a_flag() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertThat(Commands.run("goroutines", empty.toString()).err())
        .contains("empty.txt is empty; needs");
    assertThat(Commands.run("goroutines", empty.toString()).code()).isEqualTo(2);
    assertThat(Commands.run("goroutines", folder.resolve("none").toString()))
        .isEqualTo(
            new Commands.Outcome(2, "", "error: " + folder.resolve("none") + ": no such file\n"));
    assertThat(Commands.run("goroutines", folder.toString()).err())
        .contains("is a folder, needs a file");
    assertThat(Commands.run("goroutines", "--fail-on", "maybe", dump).code()).isEqualTo(2);
    assertThat(Commands.run("goroutines").err()).contains("FILE");
    assertThat(Commands.run().err()).contains("needs a command: goroutines");
    assertThat(Commands.run("goroutine").err()).contains("did you mean goroutines?");
    assertThat(Commands.run("goroutines", "--help").out()).contains("tidemark diagnose goroutines");
  }
}
