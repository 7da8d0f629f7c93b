package dev.tidemark.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.rules.dashboard.DashboardJson;
import dev.tidemark.rules.dashboard.Dashboards;
import dev.tidemark.rules.kubernetes.AlertmanagerObject;
import dev.tidemark.rules.kubernetes.Objects;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.output.FileSink;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.rules.output.YamlText;
import dev.tidemark.rules.route.AlertmanagerConfig;
import dev.tidemark.rules.rule.AlertName;
import dev.tidemark.rules.rule.RuleDocument;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.runbook.Runbooks;
import dev.tidemark.rules.spec.TargetSpec.Output;
import dev.tidemark.rules.test.KnownShapes;
import dev.tidemark.rules.test.KnownShapes.Shape;
import dev.tidemark.rules.test.OwnTests;
import dev.tidemark.rules.test.PromtoolTests;
import dev.tidemark.rules.test.TestFile;
import dev.tidemark.toolkit.config.PromDuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * What is written where. Names of services are in lower case, so what has a capital letter in its
 * path is never another service's.
 */
final class GeneratedFiles {
  private static final String COMMENT =
      "Written by tidemark rules generate. Edit the specification, not this file.";

  private final Model model;
  private final List<ServiceRules> services;
  private final KnownShapes shapes = new KnownShapes();

  GeneratedFiles(Model model, List<ServiceRules> services) {
    this.model = model;
    this.services = services;
  }

  /** All of them, for who looks at them together. */
  SortedMap<String, byte[]> all() {
    Map<String, byte[]> files = new ConcurrentHashMap<>();
    try {
      to(files::put);
    } catch (IOException e) {
      throw new UncheckedIOException("no map fails to take a file", e);
    }
    return new TreeMap<>(files);
  }

  /** Hands each file on as soon as it is made, for a large fleet's do not fit into memory well. */
  void to(FileSink sink) throws IOException {
    try {
      make(new Documents(sink));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void make(Documents files) {
    // they are as much work as a service, and need none of what is made below
    ForkJoinTask<?> dashboards = ForkJoinPool.commonPool().submit(() -> dashboards(files));
    List<Shape> all =
        services.parallelStream()
            .filter(rules -> !rules.rules().isEmpty() || !rules.recordings().isEmpty())
            .map(shapes::shape)
            .toList();
    // which service shows a rule fully depends on the order; writing them does not
    List<Shaped> shaped =
        all.stream().map(shape -> new Shaped(shape.rules(), shapes.known(shape))).toList();
    shaped.parallelStream().forEach(service -> service(files, service));
    files.put(
        "alertmanager/alertmanager.yml",
        AlertmanagerConfig.document(model.routing(), model.target()));
    if (model.target().output().value() == Output.PROMETHEUS_RULE) {
      files.put(
          "kubernetes/alertmanagerconfig.yml",
          AlertmanagerObject.of(model.kubernetes(), model.routing()));
      files.put(
          "kubernetes/servicemonitor.yml",
          Objects.exporterMonitor(
              model.kubernetes(), PromDuration.format(model.settings().scrapeInterval())));
    }
    Runbooks.of(services)
        .forEach(
            (alert, text) ->
                files.text(OutputFolder.STUBS + AlertName.encoded(alert) + ".md", text));
    dashboards.join();
  }

  /** What is handed on, from documents. */
  private record Documents(FileSink sink) {
    void put(String path, Map<String, Object> document) {
      text(path, YamlText.of(COMMENT, document));
    }

    void text(String path, String text) {
      bytes(path, text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(String path, byte[] bytes) {
      try {
        sink.take(path, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void dashboards(Documents files) {
    Dashboards.of(model, services).forEach((path, board) -> dashboard(files, path, board));
  }

  private void dashboard(Documents files, String path, JsonNode document) {
    byte[] json = DashboardJson.bytes(document);
    files.bytes(Dashboards.FOLDER + path, json);
    if (model.target().output().value() == Output.PROMETHEUS_RULE) {
      int slash = path.lastIndexOf('/');
      String file = path.substring(slash + 1);
      String name = file.replace(".json", "");
      files.put(
          "kubernetes/dashboards/" + name + ".yml",
          Objects.dashboard(
              model.kubernetes(),
              "tidemark-dashboard-" + name,
              file,
              new String(json, StandardCharsets.UTF_8),
              slash < 0 ? "" : path.substring(0, slash)));
    }
  }

  /** A service's rules, and which of them are tested fully elsewhere. */
  private record Shaped(ServiceRules rules, Set<TestedRule> known) {}

  private void service(Documents files, Shaped shaped) {
    ServiceRules rules = shaped.rules();
    String path = rules.service().team() + "/" + rules.service().name().value();
    List<Map<String, Object>> parts = RuleDocument.parts(rules);
    List<String> ruleFiles = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String file = path + (i == 0 ? "" : "-Part" + (i + 1)) + ".yml";
      files.put("rules/" + file, parts.get(i));
      ruleFiles.add("../../rules/" + file);
      forRuler(files, rules, i + 1, file, parts.get(i));
    }
    if (rules.rules().isEmpty()) {
      return;
    }
    String name = rules.service().name().value();
    new PromtoolTests(rules)
        .files(ruleFiles, name, shaped.known()::contains)
        .forEach((kind, file) -> test(files, "tests/" + path + kind, file));
    if (OwnTests.isIn(rules)) {
      files.put("tests/" + path + "-Own_test.yml", OwnTests.document(rules, ruleFiles));
    }
  }

  private static void test(Documents files, String path, TestFile file) {
    files.put(path + "_test.yml", file.document());
    file.excerpt()
        .map(RuleDocument::parts)
        .ifPresent(parts -> files.put(path + PromtoolTests.EXCERPT, parts.get(0)));
  }

  /** The same rules in the shape that others than Prometheus itself are given them. */
  private void forRuler(
      Documents files, ServiceRules rules, int part, String file, Map<String, Object> document) {
    switch (model.target().output().value()) {
      case PROMETHEUS_RULE -> {
        String name =
            (part == 1 ? "tidemark-rules-" : "tidemark-part" + part + "-")
                + rules.service().name().value();
        files.put("kubernetes/rules/" + file, Objects.rules(model.kubernetes(), name, document));
      }
      case MIMIR -> {
        if (document.get("groups") instanceof List<?> groups
            && groups.get(0) instanceof Map<?, ?> group) {
          Map<String, Object> body = new LinkedHashMap<>();
          group.forEach((key, value) -> body.put(String.valueOf(key), value));
          files.put("mimir/" + file, body);
        }
      }
      case FILES, THANOS, VICTORIAMETRICS -> {
        // they read the files of Prometheus
      }
    }
  }
}
