package dev.tidemark.webhook.page;

import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.at;
import static dev.tidemark.webhook.journal.Sent.firing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RunningServer(folder, RunningServer.Setup.DEFAULT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    return JSON.readTree(answer.body());
  }

  private String open(String fingerprint, double seconds) {
    var receipt =
        server
            .journal
            .append(arrival(seconds, firing(fingerprint, seconds, "alertname", "A", "pod", "p")))
            .join();
    return requireNonNull(receipt.alerts().get(0).episode());
  }

  private String run(ExecutionState state) throws Exception {
    String id = open("b3639920c60bce84", 0);
    byte[] dump = "goroutine 1 [chan send]".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var stored = server.evidence.put(id, "dump.txt", file -> Files.write(file, dump));
    server.journal.commit(
        new Execution(
            "x1",
            id,
            "leak",
            "5ca1ab1e",
            "{\"steps\":[]}",
            "approve",
            "pay",
            "pay",
            state,
            at(1),
            at(100),
            0,
            null,
            null,
            null,
            null,
            "",
            "{}"),
        new Decision(id, at(2), "mode", Decision.Verdict.WAIT, "waits for approval", at(90)),
        new StepRecord(
            "x1-steps-0",
            id,
            StepPhase.STEPS,
            0,
            "pprof",
            StepState.OK,
            at(3),
            "asks",
            at(4),
            "saved",
            1),
        new Evidence(
            id, "x1-steps-0", "dump.txt", "text/plain", stored.bytes(), stored.sha256(), at(4)),
        new Finding(
            id,
            "x1-steps-1",
            at(5),
            "dump.txt",
            "leak",
            "main.push",
            "queue.go",
            41,
            "r",
            "t",
            "{\"groups\":[]}"));
    return id;
  }

  @Test
  void episodes_are_listed_in_parts_until_next_is_null() throws Exception {
    for (int i = 0; i < 5; i++) {
      open("000000000000000" + i, i);
    }
    List<String> seen = new ArrayList<>();
    String path = "/api/v1/episodes?limit=2&status=firing";
    for (int parts = 1; path != null; parts++) {
      JsonNode part = json(path);
      part.get("episodes").forEach(e -> seen.add(e.get("fingerprint").asText()));
      assertThat(parts).isLessThan(5);
      path = part.get("next").isNull() ? null : part.get("next").asText();
    }
    assertThat(seen)
        .containsExactly(
            "0000000000000004",
            "0000000000000003",
            "0000000000000002",
            "0000000000000001",
            "0000000000000000");
  }

  @Test
  void a_listed_episode_has_what_the_contract_says() throws Exception {
    String id = open("b3639920c60bce84", 0);
    JsonNode listed = json("/api/v1/episodes").get("episodes").get(0);
    assertThat(listed.get("id").asText()).isEqualTo(id);
    assertThat(listed.get("fingerprint").asText()).isEqualTo("b3639920c60bce84");
    assertThat(listed.get("status").asText()).isEqualTo("firing");
    assertThat(listed.get("alertname").asText()).isEqualTo("A");
    assertThat(listed.get("labels").get("pod").asText()).isEqualTo("p");
    assertThat(listed.get("startsAt").asText()).isEqualTo("2026-11-20T12:00:00Z");
    assertThat(listed.get("playbook").isNull()).isTrue();
    assertThat(listed.get("outcome").isNull()).isTrue();
  }

  @Test
  void one_episode_shows_all_there_is() throws Exception {
    String id = run(ExecutionState.WAITING_APPROVAL);
    JsonNode e = json("/api/v1/episodes/" + id);
    assertThat(e.get("alert").get("labels").get("alertname").asText()).isEqualTo("A");
    assertThat(e.get("execution").get("state").asText()).isEqualTo("waiting-approval");
    assertThat(e.get("execution").get("plan").get("steps").isArray()).isTrue();
    assertThat(e.get("decisions").get(0).get("reason").asText()).isEqualTo("waits for approval");
    assertThat(e.get("steps").get(0).get("outcome").asText()).isEqualTo("ok");
    assertThat(e.get("evidence").get(0).get("name").asText()).isEqualTo("dump.txt");
    assertThat(e.get("finding").get("file").asText()).isEqualTo("queue.go");
    assertThat(e.get("finding").get("line").asInt()).isEqualTo(41);
    assertThat(e.get("timeline").findValuesAsText("kind"))
        .containsExactly("received", "plan", "decision", "step", "step", "evidence", "finding");
  }

  @Test
  void evidence_is_a_download_of_exactly_what_was_captured() throws Exception {
    String id = run(ExecutionState.RUNNING);
    HttpResponse<String> file = server.get("/api/v1/episodes/" + id + "/evidence/dump.txt");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).isEqualTo("goroutine 1 [chan send]");
    assertThat(file.headers().firstValue("content-disposition"))
        .contains("attachment; filename=\"dump.txt\"");
    assertThat(file.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(file.headers().firstValue("content-type")).contains("application/octet-stream");
    assertThat(file.headers().firstValue("content-security-policy").orElse("")).contains("sandbox");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing.txt",
        "..%2f..%2fjournal.db",
        "%2e%2e/%2e%2e/journal.db",
        "..%5c..%5cjournal.db",
        "dump.txt%00",
        ".hidden",
        "%0d%0aset-cookie:x"
      })
  void only_names_that_the_journal_lists_are_served(String name) throws Exception {
    String id = run(ExecutionState.RUNNING);
    assertThat(server.get("/api/v1/episodes/" + id + "/evidence/" + name).statusCode())
        .isIn(400, 404);
  }

  @Test
  void evidence_that_retention_took_is_told() throws Exception {
    String id = run(ExecutionState.RUNNING);
    server.evidence.delete(id);
    HttpResponse<String> gone = server.get("/api/v1/episodes/" + id + "/evidence/dump.txt");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("retention");
  }

  @Test
  void a_large_file_comes_whole() throws Exception {
    String id = open("b3639920c60bce84", 0);
    byte[] large = new byte[5_000_001];
    new java.util.Random(1).nextBytes(large);
    var stored = server.evidence.put(id, "heap.pb.gz", file -> Files.write(file, large));
    server.journal.commit(
        new Evidence(id, "s", "heap.pb.gz", "x", stored.bytes(), stored.sha256(), at(4)));
    var got =
        server
            .client()
            .send(
                server.request("/api/v1/episodes/" + id + "/evidence/heap.pb.gz").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(got.body()).isEqualTo(large);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/episodes?limit=0 | limit: expected a number from 1 to 1000",
        "/api/v1/episodes?limit=1001 | limit: expected a number from 1 to 1000",
        "/api/v1/episodes?limit=ten | found \\\"ten\\\"",
        "/api/v1/episodes?limit= | limit",
        "/api/v1/episodes?limit=1&limit=2 | given 2 times",
        "/api/v1/episodes?status=open | expected one of firing, resolved, expired",
        "/api/v1/episodes?state=firing | unknown parameter \\\"state\\\": expected after, limit, status",
        "/api/v1/episodes?after=%00 | after: expected what \\\"next\\\"",
        "/api/v1/receipts?status=firing | unknown parameter",
        "/api/v1/receipts?after=zzz | after",
        "/api/v1/receipts?limit=-1 | limit",
      })
  void a_bad_parameter_is_400_with_what_is_right(String path, String message) throws Exception {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(message).contains("\"reason\":\"bad_request\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/episodes/none-1", "/api/v1/episodes/%00", "/api/v1/episodes/%3Cb%3E"})
  void an_unknown_episode_is_404(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("/api/v1/episodes");
  }

  @Test
  void receipts_tell_duplicates() throws Exception {
    var alert = firing("b3639920c60bce84", 0, "alertname", "A");
    var first = server.journal.append(arrival(1, alert)).join();
    server.journal.append(arrival(2, alert)).join();
    JsonNode receipts = json("/api/v1/receipts").get("receipts");
    assertThat(receipts).hasSize(2);
    assertThat(receipts.get(0).get("duplicateOf").asText()).isEqualTo(first.id());
    assertThat(receipts.get(1).get("duplicateOf").isNull()).isTrue();
    assertThat(receipts.get(1).get("alerts").get(0).get("status").asText()).isEqualTo("firing");
    assertThat(receipts.get(1).get("from").asText()).isEqualTo("127.0.0.1:1");
  }

  @Test
  void pausing_and_resuming_is_kept() throws Exception {
    HttpResponse<String> paused = server.postJson("/api/v1/pause", "{\"reason\":\"deploy\"}");
    assertThat(paused.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(paused.body()).get("by").asText()).isEqualTo("(local)");
    assertThat(server.journal.pause().paused()).isTrue();
    assertThat(server.journal.pause().reason()).isEqualTo("deploy");
    assertThat(server.get("/").body()).contains("Paused by (local)", "deploy");

    assertThat(
            server
                .send(server.request("/api/v1/resume").POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(200);
    assertThat(server.journal.pause().paused()).isFalse();
  }

  @Test
  void a_plan_is_approved_by_its_hash_and_once() throws Exception {
    String id = run(ExecutionState.WAITING_APPROVAL);
    String path = "/api/v1/episodes/" + id + "/approve";
    assertThat(server.postJson(path, "{}").statusCode()).isEqualTo(400);
    assertThat(server.postJson(path, "{\"planHash\":\"other\"}").statusCode()).isEqualTo(409);
    HttpResponse<String> approved =
        server.postJson(path, "{\"planHash\":\"5ca1ab1e\",\"comment\":\"go\"}");
    assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
    var stored = server.journal.approvals(id).get(0);
    assertThat(stored.approved()).isTrue();
    assertThat(stored.user()).isEqualTo("(local)");
    assertThat(stored.comment()).isEqualTo("go");
  }

  @Test
  void a_form_is_answered_with_the_page() throws Exception {
    String id = run(ExecutionState.WAITING_APPROVAL);
    HttpResponse<String> answer =
        server.send(
            server
                .request("/api/v1/episodes/" + id + "/refuse")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin")
                .POST(BodyPublishers.ofString("planHash=5ca1ab1e&comment=not%20now")));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).contains("/episodes/" + id);
    assertThat(server.journal.approvals(id).get(0).approved()).isFalse();
    assertThat(server.get("/episodes/" + id).body()).contains("not now");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"why\":\"x\"} | unknown field",
        "400 | {\"reason\":7} | expected a string",
        "400 | [] | expected a JSON object",
        "400 | {\"reason\":\"a\",\"reason\":\"b\"} | not JSON",
        "400 | {\"reason\" | not JSON",
        "400 | {} {} | not JSON",
      })
  void a_body_that_cannot_be_right_is_told(int status, String body, String message)
      throws Exception {
    HttpResponse<String> answer = server.postJson("/api/v1/pause", body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(message);
    assertThat(server.journal.pause().paused()).isFalse();
  }

  @Test
  void a_body_too_large_or_of_another_type_is_told() throws Exception {
    String large = "{\"reason\":\"" + "x".repeat(20_000) + "\"}";
    assertThat(server.postJson("/api/v1/pause", large).statusCode()).isEqualTo(413);
    String longText = "{\"reason\":\"" + "x".repeat(600) + "\"}";
    assertThat(server.postJson("/api/v1/pause", longText).statusCode()).isEqualTo(400);
    assertThat(
            server
                .send(
                    server
                        .request("/api/v1/pause")
                        .header("content-type", "text/plain")
                        .POST(BodyPublishers.ofString("reason=x")))
                .statusCode())
        .isEqualTo(415);
    assertThat(server.get("/api/v1/pause").statusCode()).isEqualTo(405);
  }

  @Test
  void pages_are_served_with_their_style_and_a_strict_policy() throws Exception {
    String id = run(ExecutionState.RUNNING);
    for (String path : List.of("/", "/?status=firing&limit=1", "/episodes/" + id)) {
      HttpResponse<String> page = server.get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("content-security-policy").orElse(""))
          .contains("default-src 'none'");
      assertThat(page.body()).contains("/style.css").doesNotContain("<script");
    }
    assertThat(server.get("/style.css").body()).contains(".badge");
    assertThat(server.get("/?limit=x").statusCode()).isEqualTo(400);
    assertThat(server.get("/?limit=x").body()).contains("<h1>");
    assertThat(server.get("/episodes/none").statusCode()).isEqualTo(404);
  }

  @Test
  void a_journal_that_cannot_be_read_is_503_and_tells_no_inside() throws Exception {
    server.journal.close();
    HttpResponse<String> answer = server.get("/api/v1/episodes");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(server.get("/").statusCode()).isEqualTo(503);
  }
}
