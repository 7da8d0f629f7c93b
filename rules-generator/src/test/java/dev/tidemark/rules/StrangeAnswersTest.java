package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers with status 200 and is no answer must not be taken for a server without data. */
class StrangeAnswersTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {engine: promql}
      teams:
        - {name: shop, receiver: nobody, alertBudget: {warning: 1/week}}
      receivers:
        - {name: nobody}
      services:
        - name: cart
          team: shop
          selector: {job: cart}
          alerts: [{use: heap-leak}, {use: goroutine-ceiling}]
      """;

  private static final String BUILD =
      "{\"status\":\"success\",\"data\":{\"version\":\"2.53.1\",\"revision\":\"\",\"goVersion\":\"\"}}";
  private static final String SOME =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"job\":\"cart\"},\"value\":[1,\"536870912\"]}]}}";

  /** Type, body, and what is told of it. */
  private static final List<List<String>> STRANGE =
      List.of(
          List.of("text/html", "<!DOCTYPE html><html>log in</html>", "(text/html)", "a web page"),
          List.of("application/json", SOME.substring(0, 80), "ends before it is complete", ""),
          List.of("application/json", BUILD, "no list of results", "(application/json)"),
          List.of("application/json", "{\"items\":[]}", "no status of the API", ""),
          List.of("application/json", "[]", "is not the API's", ""),
          List.of("text/plain", "", "is not the API's", ""));

  @TempDir Path folder = Path.of("");
  private final HttpServer http;
  private final Map<String, List<String>> answers = new ConcurrentHashMap<>();

  StrangeAnswersTest() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
    answers.put("/api/v1/status/buildinfo", List.of("application/json", BUILD));
  }

  @AfterEach
  void close() {
    http.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    List<String> answer =
        answers.getOrDefault(
            exchange.getRequestURI().getPath(), answers.getOrDefault("", List.of()));
    byte[] body = (answer.isEmpty() ? "not found" : answer.get(1)).getBytes(StandardCharsets.UTF_8);
    if (!answer.isEmpty()) {
      exchange.getResponseHeaders().add("Content-Type", answer.get(0));
    }
    exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Captured run(String verb) throws IOException {
    List<String> arguments = new ArrayList<>(Arrays.asList(verb.split(" ")));
    arguments.add("--prometheus=http://127.0.0.1:" + http.getAddress().getPort());
    if (!verb.equals("init")) {
      arguments.add("--spec=" + Files.writeString(folder.resolve("spec.yaml"), SPEC));
    }
    if (verb.startsWith("plan")) {
      arguments.add("--out=" + folder.resolve("out"));
    }
    return Captured.run(arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init",
        "lint",
        "cost",
        "lint --max-samples=1000",
        "backtest --history=2h",
        "backtest --history=2h --inline",
        "plan --against-history=2h",
        "tune --history=2h"
      })
  void end_with_what_came_instead(String verb) throws IOException {
    for (List<String> strange : STRANGE) {
      answers.put("", strange);
      Captured told = run(verb);
      assertThat(told.code()).as(strange.get(1) + " " + told).isEqualTo(3);
      assertThat(told.err())
          .as(strange.get(1))
          .contains("error: http://127.0.0.1:" + http.getAddress().getPort() + ": ")
          .contains(strange.get(2), strange.get(3));
      assertThat(told.out()).as(strange.get(1)).isEmpty();
    }
  }

  @Test
  void init_says_what_came_in_place_of_targets() throws IOException {
    answers.put("", List.of("application/json", SOME));
    answers.put("/api/v1/targets", List.of("text/html", "<html>log in</html>"));
    Captured noted = run("init");
    assertThat(noted.code()).as(noted.toString()).isZero();
    assertThat(noted.err())
        .contains("note: what the server says of its targets is left out: the answer (text/html)");
    answers.put(
        "/api/v1/targets", List.of("application/json", "{\"status\":\"success\",\"data\":"));
    assertThat(run("init").code()).isEqualTo(3);
  }
}
