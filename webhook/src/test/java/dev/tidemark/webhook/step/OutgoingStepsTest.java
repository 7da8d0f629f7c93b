package dev.tidemark.webhook.step;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.tidemark.webhook.journal.Sent.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.OutgoingMetrics;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import dev.tidemark.webhook.alert.Fingerprint;
import dev.tidemark.webhook.evidence.EvidenceFolder;
import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.playbook.StepSpec;
import dev.tidemark.webhook.playbook.Values;
import dev.tidemark.webhook.policy.Seen;
import dev.tidemark.webhook.recheck.AlertmanagerRecheck;
import dev.tidemark.webhook.step.diagnose.DiagnoseStep;
import dev.tidemark.webhook.step.diagnose.GoroutineDumpReader;
import dev.tidemark.webhook.step.http.EndpointConfig;
import dev.tidemark.webhook.step.http.HttpStep;
import dev.tidemark.webhook.step.notify.NotifierConfig;
import dev.tidemark.webhook.step.notify.NotifyStep;
import dev.tidemark.webhook.step.pprof.HttpProfileFetch;
import dev.tidemark.webhook.step.pprof.PprofStep;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps against a real HTTP server that behaves as badly as it can. */
final class OutgoingStepsTest {
  private static final String COUNTS =
      "goroutine profile: total TOTAL\nTOTAL @ 0x43a0\n#\t0x40f0\tmain.push+0x50\t/app/queue.go:41\n";

  @TempDir Path folder;
  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
  private final Destinations destinations = new Destinations(OutgoingMetrics.none());
  private EvidenceFolder store;

  @BeforeEach
  void start() {
    server.start();
    store = new EvidenceFolder(folder, CrashHook.NONE);
  }

  @AfterEach
  void stop() {
    destinations.close();
    server.stop();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  StepSpec spec(String yaml) {
    try {
      return StrictYaml.read("step.yml", yaml.replace("URL", url("")), StepSpec.class);
    } catch (ProblemsException e) {
      throw new IllegalArgumentException(e);
    }
  }

  StepContext context(List<Evidence> evidence, List<Finding> findings) {
    Episode episode =
        new Episode(
            "f-1",
            "",
            new Fingerprint("f"),
            EpisodeStatus.FIRING,
            new TreeMap<>(Map.of("alertname", "Leak", "job", "a b&c")),
            new TreeMap<>(Map.of()),
            "",
            "",
            at(0),
            at(0),
            at(0),
            false,
            0,
            null,
            null,
            null,
            "",
            false);
    StaticTarget target = new StaticTarget("pay", URI.create(url("/debug/pprof/")), Map.of(), null);
    return new StepContext(
        "x-1",
        0,
        episode,
        target,
        new Values(Map.of("outcome", "cured", "finding", "<leak> & more"), episode.labels()),
        evidence,
        findings,
        at(1),
        Duration.ofSeconds(20));
  }

  StepContext context() {
    return context(List.of(), List.of());
  }

  HttpStep http(String yaml, EndpointConfig... endpoints) {
    return new HttpStep(
        Objects.requireNonNull(spec(yaml).http()), List.of(endpoints), destinations);
  }

  @Test
  void an_http_step_sends_its_key_and_escapes_labels() {
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(202).withBody("ok\n")));
    HttpStep step = http("{http: {url: 'URL/restart?job=$job', body: '{\"job\":\"$job\"}'}}");
    assertThat(step.intent(context())).endsWith("/restart?job=a%20b%26c");
    StepResult result = step.run(context());
    assertThat(result.status()).isEqualTo(StepResult.Status.OK);
    assertThat(result.text()).isEqualTo("answered 202: ok");
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/restart?job=a%20b%26c"))
            .withHeader("Idempotency-Key", equalTo("x-1"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(equalTo("{\"job\":\"a b&c\"}")));
  }

  @Test
  void what_surely_was_refused_failed_and_is_not_sent_twice() {
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(503).withBody("no")));
    StepResult result = http("{http: {url: 'URL/r'}}").run(context());
    assertThat(result.status()).isEqualTo(StepResult.Status.FAILED);
    server.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void a_connection_that_breaks_leaves_it_unsettled_and_is_not_sent_twice() {
    server.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    HttpStep step = http("{http: {url: 'URL/r', settle: {url: 'URL/s/$stepId'}}}");
    assertThat(step.run(context()).status()).isEqualTo(StepResult.Status.UNSETTLED);
    server.verify(1, postRequestedFor(anyUrl()));
    server.stubFor(get("/s/x-1").willReturn(aResponse().withStatus(200)));
    assertThat(step.settle(context())).isInstanceOf(Settlement.Ended.class);
    server.stubFor(get("/s/x-1").willReturn(aResponse().withStatus(404)));
    assertThat(step.settle(context())).isInstanceOf(Settlement.Repeat.class);
    server.stubFor(get("/s/x-1").willReturn(aResponse().withStatus(418)));
    assertThat(step.settle(context())).isInstanceOf(Settlement.AskAgain.class);
  }

  @Test
  void an_answer_that_does_not_come_leaves_it_unsettled() {
    server.stubFor(post(anyUrl()).willReturn(aResponse().withFixedDelay(5000)));
    HttpStep step = http("{http: {url: 'URL/r', timeout: 200ms}}");
    assertThat(step.run(context()).status()).isEqualTo(StepResult.Status.UNSETTLED);
    assertThat(step.settle(context())).isInstanceOf(Settlement.Unknown.class);
  }

  @Test
  void a_server_that_is_not_there_is_a_failure_and_no_doubt() {
    HttpStep step = http("{http: {url: 'URL/r'}}");
    StepContext context = context();
    server.stop();
    StepResult result = step.run(context);
    assertThat(result.status()).isEqualTo(StepResult.Status.FAILED);
    assertThat(result.text()).startsWith("was not sent");
  }

  @Test
  void a_redirect_is_not_followed() {
    server.stubFor(
        post(anyUrl()).willReturn(aResponse().withStatus(307).withHeader("Location", url("/b"))));
    assertThat(http("{http: {url: 'URL/a'}}").run(context()).status())
        .isEqualTo(StepResult.Status.FAILED);
    server.verify(0, postRequestedFor(urlEqualTo("/b")));
  }

  @Test
  void credentials_go_only_where_they_belong() {
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));
    EndpointConfig endpoint =
        new EndpointConfig(
            URI.create(url("/api")),
            new HttpConfig(
                null,
                new HttpConfig.Authorization("Bearer", Secret.of("s3cret"), null),
                null,
                false));
    http("{http: {url: 'URL/api/restart'}}", endpoint).run(context());
    http("{http: {url: 'URL/apiary/restart'}}", endpoint).run(context());
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/api/restart"))
            .withHeader("Authorization", equalTo("Bearer s3cret")));
    server.verify(
        1, postRequestedFor(urlEqualTo("/apiary/restart")).withoutHeader("Authorization"));
  }

  PprofStep pprof(String yaml) {
    return new PprofStep(
        Objects.requireNonNull(spec(yaml).pprof()), new HttpProfileFetch(destinations), store);
  }

  @Test
  void profiles_are_saved_with_their_checksums_and_a_missing_leak_profile_is_fine()
      throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody("Unknown")));
    server.stubFor(
        get("/debug/pprof/goroutine?debug=1")
            .willReturn(aResponse().withBody(COUNTS.replace("TOTAL", "12"))));
    server.stubFor(get("/debug/pprof/heap").willReturn(aResponse().withBody("heap!")));
    StepResult result = pprof("{pprof: {}}").run(context());
    assertThat(result.status()).as(result.text()).isEqualTo(StepResult.Status.OK);
    assertThat(result.evidence())
        .extracting(Evidence::name)
        .containsExactly("01-goroutine-debug1.txt", "01-heap.pb.gz");
    Evidence heap = result.evidence().get(1);
    assertThat(heap.bytes()).isEqualTo(5);
    assertThat(heap.sha256()).hasSize(64);
    assertThat(Files.readString(folder.resolve("f-1").resolve(heap.name()))).isEqualTo("heap!");
    assertThat(pprof("{pprof: {}}").settle(context())).isInstanceOf(Settlement.Ended.class);
    Files.delete(folder.resolve("f-1").resolve(heap.name()));
    assertThat(pprof("{pprof: {}}").settle(context())).isInstanceOf(Settlement.Repeat.class);
  }

  @Test
  void the_full_dump_is_asked_for_only_where_goroutines_are_few() {
    String yaml = "{pprof: {profiles: ['goroutine?debug=2'], fullDumpUpTo: 100}}";
    server.stubFor(
        get("/debug/pprof/goroutine?debug=2").willReturn(aResponse().withBody("goroutine 1 [x]:")));
    server.stubFor(
        get("/debug/pprof/goroutine?debug=1")
            .willReturn(aResponse().withBody(COUNTS.replace("TOTAL", "101"))));
    StepResult many = pprof(yaml).run(context());
    assertThat(many.status()).isEqualTo(StepResult.Status.OK);
    assertThat(many.text()).contains("left out (101 goroutines");
    assertThat(many.evidence())
        .extracting(Evidence::name)
        .containsExactly("01-goroutine-debug1.txt");
    server.stubFor(
        get("/debug/pprof/goroutine?debug=1")
            .willReturn(aResponse().withBody(COUNTS.replace("TOTAL", "100"))));
    assertThat(pprof(yaml).run(context()).evidence()).hasSize(2);
    server.verify(1, getRequestedFor(urlEqualTo("/debug/pprof/goroutine?debug=2")));
  }

  @Test
  void a_profile_that_is_too_large_or_breaks_off_leaves_no_file() {
    server.stubFor(get("/debug/pprof/heap").willReturn(aResponse().withBody("x".repeat(100_000))));
    StepResult large = pprof("{pprof: {profiles: [heap], maxBytes: 1000}}").run(context());
    assertThat(large.status()).isEqualTo(StepResult.Status.FAILED);
    server.stubFor(
        get("/debug/pprof/heap").willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
    StepResult broken = pprof("{pprof: {profiles: [heap]}}").run(context());
    assertThat(broken.status()).isEqualTo(StepResult.Status.FAILED);
    assertThat(folder.resolve("f-1")).isEmptyDirectory();
  }

  @Test
  void diagnose_names_function_and_line() {
    server.stubFor(
        get("/debug/pprof/goroutine?debug=1")
            .willReturn(aResponse().withBody(COUNTS.replace("TOTAL", "5000"))));
    StepResult captured = pprof("{pprof: {profiles: ['goroutine?debug=1']}}").run(context());
    DiagnoseStep step = new DiagnoseStep(store, new GoroutineDumpReader());
    StepResult result = step.run(context(captured.evidence(), List.of()));
    assertThat(result.status()).as(result.text()).isEqualTo(StepResult.Status.OK);
    Finding finding = result.findings().get(0);
    assertThat(finding.function()).isEqualTo("main.push");
    assertThat(finding.line()).isEqualTo(41);
    assertThat(finding.report()).contains("\"goroutines\":5000");
    assertThat(step.run(context()).status()).isEqualTo(StepResult.Status.FAILED);
  }

  @Test
  void notifiers_get_json_and_slack_gets_its_three_escapes() throws Exception {
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));
    Path secret = Files.writeString(folder.resolve("url"), url("/slack/T0K3N") + "\n");
    List<NotifierConfig> notifiers =
        List.of(
            new NotifierConfig(
                "hook", new NotifierConfig.Endpoint(Secret.of(url("/hook")), null, null), null),
            new NotifierConfig("slack", null, new NotifierConfig.Endpoint(null, secret, null)));
    notify("{notify: hook}", notifiers, StepResult.Status.OK);
    StepResult slack = notify("{notify: slack}", notifiers, StepResult.Status.OK);
    assertThat(slack.text()).doesNotContain("T0K3N");
    server.verify(
        postRequestedFor(urlEqualTo("/hook")).withHeader("Idempotency-Key", equalTo("x-1")));
    server.verify(
        postRequestedFor(urlEqualTo("/slack/T0K3N"))
            .withRequestBody(equalTo("{\"text\":\"Leak on : cured. &lt;leak&gt; &amp; more\"}")));
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(410)));
    StepResult gone = notify("{notify: slack}", notifiers, StepResult.Status.FAILED);
    assertThat(gone.text()).doesNotContain("T0K3N");
    Files.writeString(secret, "not an address T0K3N");
    assertThat(notify("{notify: slack}", notifiers, StepResult.Status.FAILED).text())
        .doesNotContain("T0K3N");
  }

  private StepResult notify(
      String yaml, List<NotifierConfig> notifiers, StepResult.Status expected) {
    NotifyStep step =
        new NotifyStep(Objects.requireNonNull(spec(yaml).tell()), notifiers, destinations);
    StepResult result = step.run(context());
    assertThat(result.status()).as(result.text()).isEqualTo(expected);
    return result;
  }

  @Test
  void alertmanager_is_asked_by_name_and_answers_by_fingerprint() {
    AlertmanagerRecheck recheck =
        new AlertmanagerRecheck(
            URI.create(url("/am/")), destinations.of("alertmanager", HttpConfig.NONE));
    server.stubFor(
        get(urlPathEqualTo("/am/api/v2/alerts"))
            .willReturn(
                aResponse()
                    .withBody(
                        "[{\"fingerprint\":\"e\"},{\"fingerprint\":\"f\",\"status\":{\"state\":\"active\"}}]")));
    assertThat(recheck.look(context().episode(), at(1)).state()).isEqualTo(Seen.State.FIRING);
    server.verify(
        getRequestedFor(urlPathEqualTo("/am/api/v2/alerts"))
            .withQueryParam("filter", equalTo("alertname=\"Leak\"")));
    answers("[]", Seen.State.NOT_FIRING, recheck);
    answers(
        "[{\"fingerprint\":\"f\",\"status\":{\"state\":\"suppressed\",\"silencedBy\":[\"s\"]}}]",
        Seen.State.SUPPRESSED,
        recheck);
    answers("<html>", Seen.State.UNKNOWN, recheck);
    answers("{}", Seen.State.UNKNOWN, recheck);
  }

  private void answers(String body, Seen.State state, AlertmanagerRecheck recheck) {
    server.stubFor(get(urlPathEqualTo("/am/api/v2/alerts")).willReturn(aResponse().withBody(body)));
    assertThat(recheck.look(context().episode(), at(1)).state()).isEqualTo(state);
  }
}
