package dev.tidemark.toolkit.prometheus;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.tidemark.toolkit.http.HttpConfig;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A client against answers written by hand. */
@Timeout(60)
abstract class HandWrittenAnswers {
  static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
  static final ClientLimits LIMITS = new ClientLimits(Duration.ofSeconds(20), 1 << 20, 4, 1);
  static final ClientLimits BRIEF = new ClientLimits(Duration.ofMillis(400), 1 << 20, 4, 1);

  static WireMockServer server;

  @BeforeAll
  static void open() {
    server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
  }

  @AfterAll
  static void close() {
    server.stop();
  }

  @BeforeEach
  void reset() {
    server.resetAll();
  }

  static ResponseDefinitionBuilder sample(String pair) {
    return json(
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":"
            + pair
            + "}]}}");
  }

  static ResponseDefinitionBuilder error(int status, String type, String text) {
    return json(
        status, "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + text + "\"}");
  }

  static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  static ResponseDefinitionBuilder html(int status, String body) {
    return aResponse().withStatus(status).withHeader("Content-Type", "text/html").withBody(body);
  }

  static void answer(ResponseDefinitionBuilder reply) {
    server.stubFor(any(anyUrl()).willReturn(reply));
  }

  static PrometheusClient client(ClientLimits limits) {
    return new PrometheusClient(URI.create(server.baseUrl()), HttpConfig.NONE, limits);
  }

  static PrometheusException failure(PrometheusClient client) {
    PrometheusException failure =
        catchThrowableOfType(PrometheusException.class, () -> client.query("up", AT));
    assertThat(failure).as("the query must fail").isNotNull();
    return failure;
  }
}
