package dev.tidemark.rules;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.tidemark.rules.apply.FolderApply;
import dev.tidemark.rules.apply.Left;
import dev.tidemark.rules.apply.Loader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb that brings rules to servers, on a real Prometheus and a real Alertmanager. */
@Timeout(120)
class ApplyTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      defaults: {groupInterval: 1s}
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

  /** Found only when it is evaluated. */
  private static final String TWO_ON_ONE_SIDE =
      "vector(1) * on () (vector(1) or label_replace(vector(1), \"a\", \"b\", \"\", \"\"))";

  @TempDir Path folder = Path.of("");
  private Path out = Path.of("");
  private Path rules = Path.of("");

  @BeforeEach
  void folders() throws Exception {
    out = folder.resolve("out");
    rules = out.resolve("rules/shop/checkout.yml");
    spec(SPEC);
  }

  private void spec(String text) throws Exception {
    Files.writeString(folder.resolve("spec.yaml"), text);
  }

  private Captured apply(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("apply", "--spec=" + folder.resolve("spec.yaml"), "--out=" + out));
    arguments.addAll(Arrays.asList(more));
    return Captured.run(arguments.toArray(new String[0]));
  }

  private RealPrometheus prometheus(String... flags) throws Exception {
    return RealPrometheus.startOrSkip(
        folder.resolve("p"), "rule_files: ['" + out + "/rules/shop/*.yml']\n", flags);
  }

  @Test
  void what_prometheus_takes_is_checked_and_what_it_refuses_is_put_back() throws Exception {
    try (RealPrometheus server = prometheus("--web.enable-lifecycle")) {
      String to = "--prometheus=" + server.url();
      Captured dry = apply(to, "--dry-run");
      assertThat(dry.code()).as(dry.toString()).isZero();
      assertThat(dry.out())
          .contains("+ alert checkout/Stuck: severity warning, for 10m\n")
          .contains("then     reload and check Prometheus at " + server.url() + "\n")
          .endsWith("nothing was changed\n");
      assertThat(rules).doesNotExist();

      Captured first = apply(to);
      assertThat(first.code()).as(first.toString()).isZero();
      assertThat(first.out())
          .contains("written  rules/shop/checkout.yml\n")
          .contains("reloaded Prometheus at ")
          .contains(
              "checked  Prometheus at "
                  + server.url()
                  + " has all of it, evaluated without an error\n");
      Captured again = apply(to, "--format=json");
      assertThat(again.code()).as(again.toString()).isZero();
      assertThat(again.out()).contains("\"written\":[],\"removed\":[]").contains("\"checked  ");
      byte[] good = Files.readAllBytes(rules);

      Path stranger = Files.writeString(rules.resolveSibling("other.yml"), "groups: 5\n");
      spec(SPEC.replace("> 5", "> 6"));
      Captured refused = apply(to);
      assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.err())
          .contains("status 500")
          .contains("files that this apply had changed were put back");
      assertThat(rules).hasBinaryContent(good);
      Files.delete(stranger);

      spec(SPEC.replace("queue_depth{job=\"checkout\"} > 5", TWO_ON_ONE_SIDE));
      Captured broken = apply(to);
      assertThat(broken.code()).as(broken.toString()).isEqualTo(1);
      assertThat(broken.err())
          .contains("shop/checkout/Stuck: ")
          .contains("duplicate series")
          .contains("files that this apply had changed were put back");
      assertThat(rules).hasBinaryContent(good);

      spec(SPEC.replace("> 5", "> 6"));
      assertThat(apply(to).code()).isZero();
      assertThat(rules).content().contains("> 6");
      // the specification may be what went wrong
      spec("nothing: [that, can, be, read");
      Captured back = Captured.run("apply", "--out=" + out, to, "--rollback");
      assertThat(back.code()).as(back.toString()).isZero();
      assertThat(rules).hasBinaryContent(good);
      Captured twice = Captured.run("apply", "--out=" + out, to, "--rollback");
      assertThat(twice.code()).as(twice.toString()).isEqualTo(1);
      assertThat(twice.err()).contains("no earlier state is kept");
    }
    spec(SPEC.replace("> 5", "> 7"));
    byte[] before = Files.readAllBytes(rules);
    assertThat(apply("--prometheus=http://127.0.0.1:1").code()).isEqualTo(3);
    assertThat(rules).hasBinaryContent(before);
  }

  @Test
  void a_first_evaluation_is_waited_for_as_long_as_it_may_take() throws Exception {
    spec(SPEC.replace("groupInterval: 1s", "groupInterval: 13s"));
    try (RealPrometheus server = prometheus("--web.enable-lifecycle")) {
      String to = "--prometheus=" + server.url();
      Captured hasty = apply(to, "--wait=0s");
      assertThat(hasty.code()).as(hasty.toString()).isZero();
      assertThat(hasty.out())
          .contains("1 of 1 groups were not evaluated within 0s, --wait 23s is surely enough\n");
      Captured patient = apply(to);
      assertThat(patient.code()).as(patient.toString()).isZero();
      assertThat(patient.out()).contains(" has all of it, evaluated without an error\n");
      assertThat(patient.err())
          .contains("waiting  for the first evaluation of 1 group by Prometheus at ")
          .contains(", at most 23s\n");
      spec(
          SPEC.replace("groupInterval: 1s", "groupInterval: 13s")
              .replace("queue_depth{job=\"checkout\"} > 5", TWO_ON_ONE_SIDE));
      Captured broken = apply(to);
      assertThat(broken.code()).as(broken.toString()).isEqualTo(1);
      assertThat(broken.err())
          .contains("duplicate series")
          .contains("files that this apply had changed were put back");
    }
  }

  @Test
  void a_server_that_loads_another_folder_is_told_from_one_behind_a_mount() throws Exception {
    assertThat(apply().code()).isZero();
    Path other = Files.createDirectories(folder.resolve("staging/rules/shop"));
    Path copy = Files.copy(rules, other.resolve("checkout.yml"));
    try (RealPrometheus server =
        RealPrometheus.startOrSkip(
            folder.resolve("p"),
            "rule_files: ['" + other + "/*.yml']\n",
            "--web.enable-lifecycle")) {
      String to = "--prometheus=" + server.url();
      Captured same = apply(to, "--wait=1s");
      assertThat(same.code()).as(same.toString()).isEqualTo(1);
      assertThat(same.err())
          .contains("it loads shop/checkout from " + copy)
          .contains("is not " + rules)
          .contains("put the written folder among its rule_files");

      spec(SPEC.replace("> 5", "> 6"));
      Captured rest = apply(to, "--wait=1s");
      assertThat(rest.code()).as(rest.toString()).isEqualTo(1);
      assertThat(rest.err())
          .contains("it has shop/checkout from " + copy + " with other rules than were written")
          .contains("the expression of Stuck")
          .contains("files that this apply had changed were put back");

      // the same path is not there here, as behind a mount: what the rules say decides
      Files.delete(copy);
      spec(SPEC);
      Captured mounted = apply(to, "--no-reload", "--wait=5s");
      assertThat(mounted.code()).as(mounted.toString()).isZero();
      assertThat(mounted.out())
          .contains("the folder is another one to it: " + folder + "/staging for " + out + "\n");
    }
  }

  @Test
  void a_server_that_does_not_look_there_or_may_not_reload_is_told_of() throws Exception {
    try (RealPrometheus server =
        RealPrometheus.startOrSkip(folder.resolve("p"), "global: {}\n", "--web.enable-lifecycle")) {
      Captured elsewhere = apply("--prometheus=" + server.url(), "--wait=0s");
      assertThat(elsewhere.code()).as(elsewhere.toString()).isEqualTo(1);
      assertThat(elsewhere.err()).contains("it has no group shop/checkout").contains("rule_files?");
      assertThat(out).as("nothing is left that a refused apply made").doesNotExist();
    }
    try (RealPrometheus server = prometheus()) {
      Captured closed = apply("--prometheus=" + server.url());
      assertThat(closed.code()).as(closed.toString()).isEqualTo(1);
      assertThat(closed.err()).contains("--web.enable-lifecycle").contains("--no-reload");
      assertThat(rules).doesNotExist();
      Captured nobody = apply("--prometheus=" + server.url(), "--no-reload", "--wait=0s");
      assertThat(nobody.code()).as(nobody.toString()).isEqualTo(1);
      assertThat(nobody.err()).contains("it has not loaded its files since");
      assertThat(rules).doesNotExist();

      // a reload while files are written does not count, so one follows another until it is over
      CountDownLatch over = new CountDownLatch(1);
      CompletableFuture<Void> signals =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (!over.await(300, TimeUnit.MILLISECONDS)) {
                    new ProcessBuilder("kill", "-HUP", "" + server.pid()).start().waitFor();
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      Captured signalled = apply("--prometheus=" + server.url(), "--no-reload", "--wait=30s");
      over.countDown();
      signals.join();
      assertThat(signalled.code()).as(signalled.toString()).isZero();
      assertThat(signalled.out()).contains("waiting  send SIGHUP to Prometheus at ");
      // and where nothing was written nobody has to send one
      Captured same = apply("--prometheus=" + server.url(), "--no-reload", "--wait=0s");
      assertThat(same.code()).as(same.toString()).isZero();
      assertThat(same.out()).contains("checked  Prometheus at ").doesNotContain("SIGHUP");
    }
  }

  /** An apply of a specification that dies when all is written and the server is to load it. */
  private void cutOff(String specification) throws Exception {
    Generator.Output made = made(specification);
    Loader dying =
        new Loader() {
          @Override
          public String name() {
            return "a server";
          }

          @Override
          public void ready() {
            // it answers
          }

          @Override
          public void reload() {
            throw new AssertionError("killed");
          }

          @Override
          public void unchanged() {
            // never told
          }

          @Override
          public String check() {
            return "never asked";
          }
        };
    FolderApply apply = new FolderApply(out, List.of(dying), true, line -> {}, new Left());
    assertThatThrownBy(() -> apply.write(made.files(), made.facts())).hasMessage("killed");
    assertThat(out.resolve(".tidemark-apply")).isDirectory();
  }

  private Generator.Output made(String specification) throws Exception {
    spec(specification);
    return SpecOption.of(folder.resolve("spec.yaml").toString())
        .generate(FormatOption.of("text").orElseThrow())
        .orElseThrow();
  }

  @Test
  void an_apply_that_was_cut_off_is_undone_by_the_next() throws Exception {
    assertThat(apply().code()).isZero();
    byte[] good = Files.readAllBytes(rules);
    cutOff(SPEC.replace("> 5", "> 6").replace("shop", "shop2"));
    assertThat(rules).doesNotExist();
    spec(SPEC);
    Captured next = apply();
    assertThat(next.code()).as(next.toString()).isZero();
    assertThat(next.out())
        .isEqualTo("an apply before this was cut off: its files were put back first\nup to date\n");
    assertThat(rules).hasBinaryContent(good);
    assertThat(out.resolve("rules/shop2/checkout.yml")).doesNotExist();
    assertThat(out.resolve(".tidemark-apply")).doesNotExist();
  }

  @Test
  void what_changed_since_an_apply_was_cut_off_is_left_alone() throws Exception {
    assertThat(apply().code()).isZero();
    cutOff(SPEC.replace("> 5", "> 6"));
    byte[] other = Files.readAllBytes(out.resolve("alertmanager/alertmanager.yml"));

    spec(SPEC.replace("> 5", "> 7"));
    String from = "--spec=" + folder.resolve("spec.yaml");
    for (String verb : List.of("plan", "generate")) {
      Captured told = Captured.run(verb, from, "--out=" + out);
      assertThat(told.code()).as(told.toString()).isZero();
      assertThat(told.err())
          .contains("warning: " + out + ": an apply into it was cut off", "the next apply");
    }
    Captured next = apply();
    assertThat(next.out())
        .isEqualTo(
            "an apply before this was cut off: the folder was written anew since, and is left as"
                + " it is\nup to date\n");
    assertThat(rules).content().contains("> 7");
    assertThat(Captured.run("generate", from, "--out=" + out).err()).doesNotContain("cut off");

    // the last apply is the one that was cut off, also where the state before an earlier is kept
    cutOff(SPEC.replace("> 5", "> 9"));
    assertThat(out.resolve(".tidemark-previous")).isDirectory();
    Captured last = Captured.run("apply", "--out=" + out, "--rollback");
    assertThat(last.code()).as(last.toString()).isZero();
    assertThat(last.out())
        .isEqualTo("an apply before this was cut off: its files were put back first\n");
    assertThat(rules).content().contains("> 7");

    // one file alone, by hand
    cutOff(
        SPEC.replace("> 5", "> 8")
            .replace("receiver: nobody", "receiver: other")
            .replace("name: nobody", "name: other"));
    Files.writeString(rules, "mine");
    Path previous = out.resolve(".tidemark-previous");
    Files.move(previous, folder.resolve("earlier"));
    Captured back = Captured.run("apply", "--out=" + out, "--rollback");
    assertThat(back.out())
        .contains("its files were put back, but for what changed since: rules/shop/checkout.yml");
    assertThat(rules).hasContent("mine");
    assertThat(out.resolve("alertmanager/alertmanager.yml")).hasBinaryContent(other);
  }

  @Test
  void alertmanager_shows_the_configuration_or_all_is_put_back() throws Exception {
    assertThat(apply().code()).isZero();
    Path config = out.resolve("alertmanager/alertmanager.yml");
    try (RealPrometheus server = RealPrometheus.alertmanagerOrSkip(folder.resolve("a"), config)) {
      String to = "--alertmanager=" + server.url();
      String more =
          SPEC.replace("- {name: nobody}", "- {name: nobody}\n  - {name: other}")
              .replace(
                  "- {name: shop, receiver: nobody}",
                  "- {name: shop, receiver: other}\n  - {name: pay, receiver: nobody}");
      spec(more);
      Captured taken = apply(to);
      assertThat(taken.code()).as(taken.toString()).isZero();
      assertThat(taken.out()).contains("checked  Alertmanager at " + server.url());
      byte[] good = Files.readAllBytes(config);
      // a file that Alertmanager cannot read refuses the whole configuration
      spec(
          more.replace(
              "- {name: other}",
              "- name: other\n    webhook: {url: 'http://localhost:1', httpConfig: {tlsConfig:"
                  + " {caFile: /no/such/file}}}"));
      Captured refused = apply(to);
      assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.err()).contains("files that this apply had changed were put back");
      assertThat(config).hasBinaryContent(good);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --prometheus   | 404 | text/plain | 404 page not found | answered 404: is this a Prometheus' address, with its path
          --prometheus   | 401 | text/plain | who are you?       | answered 401: check the credentials
          --prometheus   | 200 | text/html  | <html>login</html> | a web page: a login or a proxy in between?
          --alertmanager | 404 | text/plain | 404 page not found | answered 404: is this an Alertmanager's address, with its path
          --alertmanager | 401 | text/plain | who are you?       | answered 401: check the credentials
          --alertmanager | 200 | text/html  | <html>login</html> | a web page: a login or a proxy in between?
          """)
  void a_server_that_is_another_is_told_as_by_the_other_verbs(
      String flag, int status, String type, String body, String told) {
    WireMockServer server = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    server.start();
    try {
      server.stubFor(
          any(anyUrl())
              .willReturn(
                  aResponse().withStatus(status).withHeader("Content-Type", type).withBody(body)));
      Captured refused = apply(flag + "=http://127.0.0.1:" + server.port());
      assertThat(refused.code()).as(refused.toString()).isEqualTo(3);
      assertThat(refused.err()).contains(told).contains("; nothing was changed");
      assertThat(rules).doesNotExist();
    } finally {
      server.stop();
    }
  }

  @Test
  void flags_that_do_not_fit_are_refused() throws Exception {
    String spec = "--spec=" + folder.resolve("spec.yaml");
    for (String[] wrong :
        new String[][] {
          {"apply", spec},
          {"apply", spec, "--out=" + out, "--mimir=http://127.0.0.1:1"},
          {"apply", spec, "--mimir=http://127.0.0.1:1", "--rollback"},
          {"apply", spec, "--mimir=http://127.0.0.1:1"},
          {"apply", spec, "--kubectl"},
          {"apply", spec, "--out=" + out, "--wait=long"},
          {"apply", spec, "--out=" + out, "--prometheus=nowhere"},
        }) {
      Captured refused = Captured.run(wrong);
      assertThat(refused.code()).as(Arrays.toString(wrong) + refused).isEqualTo(2);
    }
    assertThat(out).doesNotExist();
    spec("apiVersion: other\n");
    assertThat(apply().code()).isEqualTo(1);
    assertThat(out).doesNotExist();
  }
}
