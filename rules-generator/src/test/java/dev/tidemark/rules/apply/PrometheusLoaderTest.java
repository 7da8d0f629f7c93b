package dev.tidemark.rules.apply;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.http.HttpConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a server is asked whether it has evaluated what it was given. */
class PrometheusLoaderTest {
  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final String EARLIER = "2026-01-01T00:00:00Z";

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final List<String> waits = new ArrayList<>();

  @BeforeEach
  void open() {
    server.start();
  }

  @AfterEach
  void close() {
    server.stop();
  }

  private static ResponseDefinitionBuilder evaluated(String last, String interval) {
    return okJson(
        """
        {"status": "success", "data": {"groups": [{"name": "g", "file": "/etc/r.yml",
          "interval": INTERVAL, "lastEvaluation": "LAST", "rules": [
            {"type": "recording", "name": "a:b", "query": "up", "health": "ok"}]}]}}
        """
            .replace("INTERVAL", interval)
            .replace("LAST", last));
  }

  /** The server's answers in order; the last of them for ever. */
  private void answers(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      server.stubFor(
          get("/api/v1/rules")
              .inScenario("rules")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "" + i)
              .willSetStateTo("" + Math.min(i + 1, answers.length - 1))
              .willReturn(answers[i]));
    }
  }

  private String check(Optional<Duration> wait) throws ApplyException {
    String rules = "groups: [{name: g, rules: [{record: 'a:b', expr: up}]}]\n";
    try (ServerApi api =
        new ServerApi(
            "Prometheus",
            URI.create("http://127.0.0.1:" + server.port()),
            HttpConfig.NONE,
            Map.of(),
            waits::add)) {
      return new PrometheusLoader(
              api,
              Path.of("/srv"),
              List.of(RuleFileReader.read(new SpecText("r.yml", rules))),
              /* reloads= */ true,
              new Waiting(wait))
          .check();
    }
  }

  @Test
  void one_that_is_started_again_while_its_evaluation_is_waited_for_is_asked_until_it_is_there()
      throws Exception {
    ResponseDefinitionBuilder away = aResponse().withStatus(503);
    ResponseDefinitionBuilder cut = aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
    answers(
        evaluated(EARLIER, "1"),
        away,
        away,
        away,
        cut,
        cut,
        cut,
        evaluated(NEVER, "1"), // has just begun, and has evaluated nothing
        evaluated("2026-01-01T00:01:00Z", "1"));
    assertThat(check(Optional.empty())).startsWith("has all of it, evaluated without an error");
    assertThat(server.getAllServeEvents()).hasSizeGreaterThanOrEqualTo(9);
    assertThat(waits).filteredOn(said -> said.contains("status 503")).hasSize(1);
  }

  @Test
  void one_that_stays_away_is_told_once_the_time_is_up() throws Exception {
    answers(evaluated(NEVER, "1"), aResponse().withStatus(503));
    assertThatThrownBy(() -> check(Optional.of(Duration.ofSeconds(3))))
        .isInstanceOf(ApplyException.class)
        .hasMessageContaining("status 503: not there now")
        .extracting(e -> ((ApplyException) e).reason())
        .isEqualTo(ApplyException.Reason.NO_ANSWER);
    assertThat(server.getAllServeEvents()).hasSizeGreaterThan(4);
  }

  @Test
  void an_interval_that_no_group_has_is_no_reason_to_break() throws Exception {
    answers(evaluated(NEVER, "1e17"), evaluated(EARLIER, "1e17"));
    assertThat(check(Optional.empty())).startsWith("has all of it, evaluated without an error");
    assertThat(waits).anyMatch(said -> said.endsWith(", at most 1h"));

    answers(evaluated(NEVER, "1e17"));
    assertThat(check(Optional.of(Duration.ZERO)))
        .startsWith("has all of it; 1 of 1 groups were not evaluated within 0s; ");
  }
}
