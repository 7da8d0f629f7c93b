package dev.tidemark.rules;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The verb that brings rules to Mimir's ruler and to Kubernetes. Neither runs here: Mimir is played
 * by its API's documented answers, kubectl by a script.
 */
class ApplyElsewhereTest {
  private static final String RULES = "/mimir/prometheus/config/v1/rules/";
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {prometheus: "2.53", output: mimir, ruler: "2.13"}
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
        - name: cart
          team: shop
          selector: {job: cart}
          alerts:
            - {name: Stuck, expr: 'queue_depth{job="cart"} > 5', for: 10m, severity: warning}
      """;

  @TempDir Path folder = Path.of("");

  private Captured apply(String spec, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("spec.yaml"), spec);
    List<String> arguments = new ArrayList<>(List.of("apply", "--spec=" + file));
    arguments.addAll(Arrays.asList(more));
    return Captured.run(arguments.toArray(new String[0]));
  }

  /** The rules of one tenant, namespace by namespace. */
  private static final class Ruler implements ResponseDefinitionTransformerV2 {
    private final SortedMap<String, SortedMap<String, JsonNode>> namespaces = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private String refused = "";

    @Override
    public String getName() {
      return "ruler";
    }

    @Override
    public boolean applyGlobally() {
      return true;
    }

    @Override
    public synchronized ResponseDefinition transform(ServeEvent event) {
      Request request = event.getRequest();
      if (!"blue".equals(request.getHeader("X-Scope-OrgID"))) {
        return answer(401, "no org id");
      }
      String[] parts = request.getUrl().substring(RULES.length()).split("/");
      String namespace = decoded(parts[0]);
      SortedMap<String, JsonNode> groups =
          namespaces.computeIfAbsent(namespace, name -> new TreeMap<>());
      try {
        switch (request.getMethod().getName()) {
          case "GET" -> {
            return groups.isEmpty()
                ? answer(404, "no rule groups found\n")
                : answer(
                    200, new YAMLMapper().writeValueAsString(Map.of(namespace, groups.values())));
          }
          case "POST" -> {
            JsonNode group = new YAMLMapper().readTree(request.getBodyAsString());
            String name = group.path("name").asText();
            calls.add("POST " + name);
            if (name.equals(refused)) {
              refused = "";
              return answer(400, "invalid rules config: too many rules");
            }
            groups.put(name, group);
          }
          default -> {
            calls.add("DELETE " + decoded(parts[1]));
            groups.remove(decoded(parts[1]));
          }
        }
        return answer(202, "{\"status\":\"success\"}");
      } catch (IOException e) {
        return answer(400, String.valueOf(e.getMessage()));
      }
    }

    private static String decoded(String part) {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private static ResponseDefinition answer(int status, String body) {
      return new ResponseDefinitionBuilder().withStatus(status).withBody(body).build();
    }
  }

  @Test
  void mimir_has_the_groups_of_our_namespace_and_no_other_is_touched() throws Exception {
    Ruler ruler = new Ruler();
    WireMockServer server =
        new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort().extensions(ruler));
    server.start();
    try {
      server.stubFor(any(anyUrl()).willReturn(aResponse()));
      String[] to = {"--mimir=http://127.0.0.1:" + server.port() + "/mimir/", "--tenant=blue"};
      JsonNode others = new YAMLMapper().readTree("{name: shop/old, rules: []}");
      ruler.namespaces.put("elsewhere", new TreeMap<>(Map.of("shop/old", others)));
      ruler.namespaces.put("tidemark", new TreeMap<>(Map.of("shop/old", others)));

      Captured dry = apply(SPEC, to[0], to[1], "--dry-run");
      assertThat(dry.code()).as(dry.toString()).isZero();
      assertThat(dry.out())
          .isEqualTo(
              """
              would write   shop/cart
              would write   shop/checkout
              would remove  shop/old
              nothing was changed
              """);
      assertThat(ruler.calls).isEmpty();

      ruler.refused = "shop/checkout";
      Captured refused = apply(SPEC, to);
      assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.err()).contains("too many rules").contains("all groups were put back");
      assertThat(ruler.namespaces.get("tidemark")).containsOnlyKeys("shop/old");

      Captured first = apply(SPEC, to);
      assertThat(first.code()).as(first.toString()).isZero();
      assertThat(first.out())
          .contains(
              "written  shop/cart\nwritten  shop/checkout\nremoved  shop/old\nchecked  Mimir");
      assertThat(ruler.namespaces.get("tidemark")).containsOnlyKeys("shop/cart", "shop/checkout");
      assertThat(ruler.namespaces.get("elsewhere")).containsOnlyKeys("shop/old");
      ruler.calls.clear();
      assertThat(apply(SPEC, to).out()).endsWith("up to date\n");
      apply(SPEC.replace("\"cart\"} > 5", "\"cart\"} > 6"), to);
      assertThat(ruler.calls).containsExactly("POST shop/cart");

      assertThat(apply(SPEC, to[0]).err()).contains("status 401");
    } finally {
      server.stop();
    }
    Captured away = apply(SPEC, "--mimir=http://127.0.0.1:1", "--tenant=blue");
    assertThat(away.code()).isEqualTo(3);
    assertThat(away.err()).contains("nothing was written; is --mimir the ruler's address, and");
  }

  /** Keeps names of objects in a folder; refuses what a file there says. */
  private static final String KUBECTL =
      """
      #!/bin/bash
      set -e
      cd "$(dirname "$0")"
      echo "$*" | sed 's,/[^ ]*[.]yml,FILE,' >> calls
      [ ! -e away ] || { echo 'Unable to connect to the server: no route' >&2; exit 1; }
      for arg; do case $prev in -f) file=$arg;; esac; prev=$arg; done
      names() { awk '/^kind: /{gsub(/\\047/, "", $2); kind=tolower($2)} /^  name: /{gsub(/\\047/, "", $2); print kind "/" $2}' "$file"; }
      case "$1 $2" in
        apply*)
          [ ! -e refused ] || { echo 'admission webhook denied the request' >&2; exit 1; }
          names
          case "$*" in *--dry-run=server*) ;; *) names >> objects;; esac;;
        'get -f') names;;
        get*) sort -u objects;;
        delete*) grep -vx "$2" objects > rest || true; mv rest objects;;
      esac
      """;

  @Test
  void kubernetes_is_asked_first_then_changed_and_then_looked_at() throws Exception {
    String spec = SPEC.replace("output: mimir, ruler: \"2.13\"", "output: prometheus-rule");
    Path kubectl = Files.writeString(folder.resolve("kubectl"), KUBECTL);
    Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path objects = folder.resolve("objects");
    Files.writeString(objects, "prometheusrule/tidemark-rules-old\nconfigmap/somebody\n");
    String to = "--kubectl=" + kubectl;

    Captured dry = apply(spec, to, "--dry-run", "--prune");
    assertThat(dry.code()).as(dry.toString()).isZero();
    assertThat(dry.out())
        .contains("would write   prometheusrule/tidemark-rules-checkout\n")
        .contains("would remove  prometheusrule/tidemark-rules-old\n")
        .doesNotContain("somebody");
    assertThat(objects).content().doesNotContain("checkout");

    Files.createFile(folder.resolve("refused"));
    Captured refused = apply(spec, to);
    assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.err()).contains("admission webhook denied");
    assertThat(objects).content().doesNotContain("checkout");
    Files.delete(folder.resolve("refused"));

    Captured first = apply(spec, to);
    assertThat(first.code()).as(first.toString()).isZero();
    assertThat(first.out())
        .contains("left over prometheusrule/tidemark-rules-old: --prune deletes it\n")
        .contains("written  prometheusrule/tidemark-rules-checkout\n")
        .contains("checked  the cluster has all of it\n");
    assertThat(apply(spec, to, "--prune").code()).isZero();
    assertThat(objects).content().contains("configmap/somebody").doesNotContain("rules-old");
    assertThat(Files.readString(folder.resolve("calls")))
        .contains(
            "apply --server-side --field-manager=tidemark-rules -o name -f FILE --dry-run=server\n")
        .contains("delete prometheusrule/tidemark-rules-old --namespace=monitoring");

    Files.createFile(folder.resolve("away"));
    assertThat(apply(spec, to).code()).isEqualTo(3);
    assertThat(apply(spec, "--kubectl=/no/such/kubectl").code()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          error: failed to download openapi: Get "https://10.0.0.1": dial tcp: connect: connection refused | 3 | connection refused
          '' | 1 | kubectl: exit code 1 and not a word
          error: context "prod" does not exist | 1 | "prod" does not exist; nothing was changed
          """)
  void a_cluster_that_is_away_is_told_from_one_that_refuses(String says, int code, String told)
      throws Exception {
    Path kubectl = folder.resolve("kubectl");
    Files.writeString(kubectl, "#!/bin/sh\nprintf '%s' '" + says + "' >&2\nexit 1\n");
    Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwxr-xr-x"));
    String spec = SPEC.replace("output: mimir, ruler: \"2.13\"", "output: prometheus-rule");
    Captured away = apply(spec, "--kubectl=" + kubectl);
    assertThat(away.code()).as(away.toString()).isEqualTo(code);
    assertThat(away.err()).contains(told);
  }

  @Test
  void an_address_without_a_ruler_is_told_as_one() throws Exception {
    WireMockServer server = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    server.start();
    try {
      server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
      String url = "http://127.0.0.1:" + server.port() + "/prometheus";
      Captured wrong = apply(SPEC, "--mimir=" + url);
      assertThat(wrong.code()).as(wrong.toString()).isEqualTo(3);
      assertThat(wrong.err())
          .contains("no ruler at", "without /prometheus", "nothing was written")
          .doesNotContain("put back");
      Captured dry = apply(SPEC, "--mimir=" + url, "--dry-run");
      assertThat(dry.code()).as(dry.toString()).isEqualTo(3);
      assertThat(dry.err()).contains("no ruler at");
      assertThat(dry.out()).doesNotContain("would write");
    } finally {
      server.stop();
    }
  }
}
