package dev.tidemark.rules;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An apply that a signal ends, or whose server is away; each a program of its own where killed. */
@Timeout(120)
class ApplyEndedTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {TARGET}
      teams:
        - {name: shop, receiver: nobody}
      receivers:
        - {name: nobody}
      services:
        - name: checkout
          team: shop
          selector: {job: checkout}
          alerts:
            - {name: Stuck, expr: 'queue_depth{job="checkout"} > 5', for: 10m, severity: warning}
      """;

  private static final String RULES = "/api/v1/rules";
  private static final int FOREVER = 100_000;

  @TempDir Path folder = Path.of("");
  private Path out = Path.of("");
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void open() {
    out = folder.resolve("out");
    server.start();
    server.stubFor(
        get(RULES).willReturn(okJson("{\"status\":\"success\",\"data\":{\"groups\":[]}}")));
  }

  @AfterEach
  void close() {
    server.stop();
  }

  private String spec(String target) throws IOException {
    return "--spec="
        + Files.writeString(folder.resolve("spec.yaml"), SPEC.replace("TARGET", target));
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** What the program says to stderr where SIGTERM comes once it prints this. */
  private String ended(String when, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tidemark.rules.Main",
                "apply"));
    command.addAll(Arrays.asList(arguments));
    Path err = folder.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
      String line = printed.readLine();
      while (line != null && !line.startsWith(when)) {
        line = printed.readLine();
      }
      assertThat(line).as(Files.readString(err)).isNotNull();
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(err);
  }

  @Test
  void a_signal_while_a_server_loads_is_answered_with_what_is_left() throws Exception {
    String spec = spec("output: files");
    assertThat(Captured.run("apply", spec, "--out=" + out).code()).isZero();
    byte[] before = Files.readAllBytes(out.resolve("rules/shop/checkout.yml"));
    Files.writeString(
        folder.resolve("spec.yaml"), SPEC.replace("TARGET", "").replace("> 5", "> 6"));
    server.stubFor(post("/-/reload").willReturn(aResponse().withFixedDelay(FOREVER)));

    String told = ended("written  lock.json", spec, "--out=" + out, "--prometheus=" + url());
    assertThat(told)
        .contains("error: apply was ended by a signal: " + out + ": all files were written")
        .contains("told to load them, and not all checked: Prometheus at " + url())
        .contains("apply again to go on, or apply --rollback puts back what was there before");
    assertThat(out.resolve("rules/shop/checkout.yml")).content().contains("> 6");

    // and that is true, also of what was there before an earlier apply
    Captured back = Captured.run("apply", "--out=" + out, "--rollback");
    assertThat(back.code()).as(back.toString()).isZero();
    assertThat(out.resolve("rules/shop/checkout.yml")).hasBinaryContent(before);
  }

  @Test
  void a_signal_before_anything_was_written_says_so() throws Exception {
    server.stubFor(get(RULES).willReturn(aResponse().withFixedDelay(FOREVER)));
    Path said = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tidemark.rules.Main",
                "apply",
                spec("output: files"),
                "--out=" + out,
                "--prometheus=" + url())
            .redirectError(said.toFile())
            .start();
    try {
      while (!Files.readString(said).contains("waiting  for the answer of Prometheus at ")) {
        assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
        Thread.onSpinWait();
      }
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
    assertThat(said)
        .content()
        .endsWith("error: apply was ended by a signal: nothing was changed\n");
    assertThat(out.resolve("rules")).doesNotExist();
  }

  @Test
  void a_signal_names_what_mimir_and_a_cluster_have() throws Exception {
    server.stubFor(
        get(urlPathEqualTo("/prometheus/config/v1/rules/tidemark"))
            .willReturn(aResponse().withStatus(404).withBody("no rule groups found")));
    String second = SPEC.substring(SPEC.indexOf("  - name: checkout"));
    Path spec =
        Files.writeString(
            folder.resolve("two.yaml"),
            SPEC.replace("TARGET", "output: mimir, ruler: \"2.13\"")
                + second.replace("checkout", "zoo"));
    // the second group is sent and never answered
    server.stubFor(
        post(urlPathEqualTo("/prometheus/config/v1/rules/tidemark"))
            .inScenario("groups")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(202))
            .willSetStateTo("second"));
    server.stubFor(
        post(urlPathEqualTo("/prometheus/config/v1/rules/tidemark"))
            .inScenario("groups")
            .whenScenarioStateIs("second")
            .willReturn(aResponse().withFixedDelay(FOREVER)));
    assertThat(ended("written  shop/checkout", "--spec=" + spec, "--mimir=" + url()))
        .contains("of tidemark these groups were sent: shop/checkout")
        .contains("apply again to go on");

    Path kubectl = folder.resolve("kubectl");
    Files.writeString(
        kubectl,
        "#!/bin/sh\ncase \"$*\" in *delete*) sleep 1000;; *apply*) echo configmap/tidemark-a;;"
            + " *-f*) ;; *get*) echo configmap/tidemark-old;; esac\n");
    Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
    assertThat(
            ended(
                "written  configmap/tidemark-a",
                spec("output: prometheus-rule"),
                "--kubectl=" + kubectl,
                "--prune"))
        .contains("objects were being written: what was written stays; apply again to finish");
  }

  @Test
  void a_server_that_is_away_is_asked_once_and_one_that_starts_again() throws Exception {
    String spec = spec("output: files");
    server.stubFor(get(RULES).willReturn(aResponse().withStatus(503)));
    Captured starting = Captured.run("apply", spec, "--out=" + out, "--prometheus=" + url());
    assertThat(starting.code()).as(starting.toString()).isEqualTo(3);
    assertThat(starting.err())
        .contains("waiting  Prometheus at " + url() + "/api/v1/rules: status 503")
        .contains("it is asked again, it may be starting");
    server.verify(3, getRequestedFor(urlEqualTo(RULES)));

    String gone = url();
    server.stop();
    Captured away = Captured.run("apply", spec, "--out=" + out, "--prometheus=" + gone);
    assertThat(away.code()).as(away.toString()).isEqualTo(3);
    assertThat(away.err())
        .contains("Connection refused; nothing was changed")
        .doesNotContain("waiting");
  }
}
