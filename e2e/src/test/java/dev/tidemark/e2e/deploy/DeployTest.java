package dev.tidemark.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.real.NeedsTools;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.exporter.ExporterConfig;
import dev.tidemark.exporter.Main;
import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What can be known of the files under deploy/ without a cluster. */
@Timeout(120)
class DeployTest {
  private static final Path DEPLOY = Project.find().root().resolve("deploy");
  private static final String APP = "tidemark-exporter";
  private static final String OPTIONS = "deploy/exporter.jvm /opt/tidemark/exporter.jvm";
  private static final Pattern FLAG = Pattern.compile("(--[a-z][a-z.-]*)=");

  /** The fields of Kubernetes that the manifests of the exporter use; a typo is none of them. */
  private static final Set<String> FIELDS =
      Set.of(
          ("apiVersion kind metadata name labels spec data resources replicas serviceName podManagementPolicy"
                  + " selector matchLabels template automountServiceAccountToken enableServiceLinks"
                  + " terminationGracePeriodSeconds securityContext runAsNonRoot runAsUser runAsGroup fsGroup"
                  + " fsGroupChangePolicy seccompProfile type topologySpreadConstraints maxSkew topologyKey"
                  + " whenUnsatisfiable labelSelector containers image args env value ports containerPort"
                  + " startupProbe livenessProbe readinessProbe httpGet path port periodSeconds failureThreshold"
                  + " timeoutSeconds requests limits cpu memory storage allowPrivilegeEscalation"
                  + " readOnlyRootFilesystem capabilities drop volumeMounts mountPath readOnly volumes configMap"
                  + " emptyDir sizeLimit volumeClaimTemplates accessModes clusterIP publishNotReadyAddresses"
                  + " targetPort maxUnavailable podSelector policyTypes ingress egress from to namespaceSelector"
                  + " protocol endpoints interval honorLabels relabelings action sourceLabels targetLabel regex"
                  + " replacement exporter.yml app.kubernetes.io/name kubernetes.io/metadata.name k8s-app")
              .split(" "));

  private static Map<String, JsonNode> manifests() throws Exception {
    JsonNode all = yaml(DEPLOY.resolve("kubernetes/kustomization.yaml"));
    Map<String, JsonNode> byKind = new TreeMap<>();
    for (JsonNode file : all.path("resources")) {
      JsonNode manifest = yaml(DEPLOY.resolve("kubernetes").resolve(file.asText()));
      byKind.put(manifest.path("kind").asText(), manifest);
    }
    return byKind;
  }

  private static JsonNode manifest(String kind) throws Exception {
    return manifests().getOrDefault(kind, yaml(DEPLOY.resolve("kubernetes/kustomization.yaml")));
  }

  private static JsonNode yaml(Path file) throws Exception {
    return StrictYaml.read(file, JsonNode.class);
  }

  @Test
  @NeedsTools
  void promtool_takes_the_scrape_configuration_and_the_rules(Tools tools, @TempDir Path logs)
      throws Exception {
    Path file = DEPLOY.resolve("prometheus/prometheus.yml");
    try (Processes processes = Processes.in(logs)) {
      OwnedProcess check =
          processes.start(
              "promtool", List.of(tools.promtool().toString(), "check", "config", file.toString()));
      assertThat(check.await(20, TimeUnit.SECONDS)).as(check.tail(9)).isZero();
    }
    JsonNode jobs = yaml(file).path("scrape_configs");
    assertThat(jobs.path(0).path("honor_labels").asBoolean()).isTrue();
    assertThat(jobs.path(1).path("metrics_path").asText()).isEqualTo("/metrics/self");
  }

  @Test
  @NeedsTools
  void the_alert_on_the_checkpoint_fires_where_none_was_ever_sealed(Tools tools, @TempDir Path logs)
      throws Exception {
    Path file = DEPLOY.resolve("prometheus/tidemark-self.test.yml");
    try (Processes processes = Processes.in(logs)) {
      OwnedProcess test =
          processes.start(
              "promtool", List.of(tools.promtool().toString(), "test", "rules", file.toString()));
      assertThat(test.await(20, TimeUnit.SECONDS)).as(test.tail(30)).isZero();
    }
  }

  @Test
  void the_rules_name_metrics_that_the_exporter_has() throws Exception {
    Set<String> known = new HashSet<>();
    for (Field field : SelfMetrics.class.getFields()) {
      known.add(String.valueOf(field.get(null)));
    }
    Matcher metric =
        Pattern.compile("tidemark_[a-z_]+")
            .matcher(Files.readString(DEPLOY.resolve("prometheus/tidemark-self.rules.yml")));
    List<String> used = metric.results().map(r -> r.group()).toList();
    assertThat(used).hasSizeGreaterThan(4).isSubsetOf(known);
  }

  @Test
  void every_flag_exists_in_the_program() throws Exception {
    Set<String> flags = new CommandLine(new Main()).getCommandSpec().optionsMap().keySet();
    for (String file :
        List.of("kubernetes/statefulset.yaml", "systemd/tidemark-exporter.service")) {
      Set<String> used = new TreeSet<>();
      FLAG.matcher(Files.readString(DEPLOY.resolve(file)))
          .results()
          .forEach(r -> used.add(r.group(1)));
      assertThat(used).as(file).contains("--config.file", "--storage.path").isSubsetOf(flags);
    }
  }

  @Test
  void the_configuration_in_the_config_map_is_one() throws Exception {
    String text = manifest("ConfigMap").path("data").path("exporter.yml").asText();
    ExporterConfig config = StrictYaml.read("configmap.yaml", text, ExporterConfig.class);
    assertThat(config.sources()).singleElement().satisfies(s -> assertThat(s.urls()).hasSize(2));
  }

  @Test
  void the_manifests_hold_known_fields_only_and_fit_together() throws Exception {
    Map<String, JsonNode> manifests = manifests();
    assertThat(manifests)
        .containsOnlyKeys(
            "ConfigMap",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "Service",
            "ServiceMonitor",
            "StatefulSet");
    for (JsonNode manifest : manifests.values()) {
      List<String> unknown = new ArrayList<>();
      unknown(manifest, unknown);
      assertThat(unknown).as(manifest.path("kind").asText()).isEmpty();
      assertThat(manifest.at("/metadata/name").asText()).isEqualTo(APP);
      assertThat(manifest.at("/metadata/labels").toString()).contains(APP);
    }
    JsonNode pod = manifest("StatefulSet").at("/spec/template");
    for (JsonNode selector :
        List.of(
            manifest("StatefulSet").at("/spec/selector/matchLabels"),
            manifest("PodDisruptionBudget").at("/spec/selector/matchLabels"),
            manifest("NetworkPolicy").at("/spec/podSelector/matchLabels"),
            manifest("ServiceMonitor").at("/spec/selector/matchLabels"),
            manifest("Service").at("/spec/selector"))) {
      assertThat(selector).isEqualTo(pod.at("/metadata/labels"));
    }
    JsonNode container = pod.at("/spec/containers/0");
    String port = container.at("/ports/0/name").asText();
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.path(probe).at("/httpGet/port").asText()).isEqualTo(port);
      assertThat(container.path(probe).at("/httpGet/path").asText()).isIn("/-/healthy", "/-/ready");
    }
    assertThat(manifest("Service").at("/spec/ports/0/targetPort").asText()).isEqualTo(port);
    assertThat(manifest("ServiceMonitor").at("/spec/endpoints").findValuesAsText("port"))
        .containsExactly("http", "http");
    assertThat(container.at("/ports/0/containerPort").asInt())
        .isEqualTo(manifest("NetworkPolicy").at("/spec/ingress/0/ports/0/port").asInt())
        .isEqualTo(manifest("Service").at("/spec/ports/0/port").asInt());
    List<String> volumes = new ArrayList<>();
    pod.at("/spec/volumes").forEach(v -> volumes.add(v.path("name").asText()));
    volumes.add(manifest("StatefulSet").at("/spec/volumeClaimTemplates/0/metadata/name").asText());
    List<String> mounts = new ArrayList<>();
    container.path("volumeMounts").forEach(m -> mounts.add(m.path("name").asText()));
    assertThat(mounts).containsExactlyInAnyOrderElementsOf(volumes);
  }

  @Test
  void nothing_asks_for_rights_on_the_api_server() throws Exception {
    assertThat(manifests().keySet())
        .noneMatch(kind -> kind.contains("Role") || kind.equals("ServiceAccount"));
    JsonNode pod = manifest("StatefulSet").at("/spec/template/spec");
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
  }

  private static void unknown(JsonNode node, List<String> unknown) {
    node.properties()
        .forEach(
            field -> {
              if (!FIELDS.contains(field.getKey())) {
                unknown.add(field.getKey());
              }
            });
    node.forEach(child -> unknown(child, unknown));
  }

  @Test
  void the_container_and_systemd_get_the_jar_that_is_built_and_what_it_needs() throws IOException {
    Project project = Project.find();
    String jar = project.root().relativize(project.jar("exporter")).toString();
    assertThat(Files.readString(DEPLOY.resolve("Dockerfile")))
        .contains("COPY " + jar + " ", "COPY exporter/target/lib/ /opt/tidemark/lib/")
        .contains("COPY " + OPTIONS, "\"@/opt/tidemark/exporter.jvm\"");
    assertThat(Files.readString(DEPLOY.resolve("README.md")))
        .contains(jar + " /opt/", "-t /opt/tidemark/lib exporter/target/lib/*.jar")
        .contains(OPTIONS);
    assertThat(Files.readString(DEPLOY.resolve("systemd/tidemark-exporter.service")))
        .contains(" @/opt/tidemark/exporter.jvm ");
  }

  @Test
  void systemd_takes_the_unit_and_calls_it_hardened(@TempDir Path folder) throws Exception {
    Path analyze = Path.of("/usr/bin/systemd-analyze");
    if (!Files.isExecutable(analyze)) {
      System.err.println("SKIPPED: the unit is not verified, systemd-analyze is not here");
    }
    Assumptions.assumeTrue(Files.isExecutable(analyze), "systemd-analyze is not here");
    String unit = Files.readString(DEPLOY.resolve("systemd/tidemark-exporter.service"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path here =
        Files.writeString(
            folder.resolve("tidemark-exporter.service"), unit.replace("/usr/bin/java", java));
    try (Processes processes = Processes.in(folder.resolve("logs"));
        Stream<String> lines = unit.lines()) {
      OwnedProcess verify =
          processes.start("verify", List.of(analyze.toString(), "verify", here.toString()));
      assertThat(verify.await(30, TimeUnit.SECONDS)).as(verify.tail(9)).isZero();
      assertThat(verify.tail(9)).isEmpty();
      OwnedProcess security =
          processes.start(
              "security",
              List.of(
                  analyze.toString(),
                  "security",
                  "--offline=true",
                  "--threshold=20",
                  here.toString()));
      assertThat(security.await(30, TimeUnit.SECONDS)).as(security.tail(2)).isZero();
      assertThat(lines).contains("StateDirectory=tidemark");
    }
  }
}
