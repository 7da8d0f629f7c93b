package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.catalogue.AlertCatalogue;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.lint.Finding;
import dev.tidemark.rules.lint.Lint;
import dev.tidemark.rules.lint.Settings;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.SpecText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the generator makes is held to what lint asks of others. */
class OwnRulesLintTest {
  @ParameterizedTest
  @EnumSource(Engine.class)
  void every_alert_of_the_catalogue_lints_clean(Engine engine) throws Exception {
    StringBuilder spec =
        new StringBuilder(
            "apiVersion: tidemark/v1\ntarget: {engine: "
                + engine.name().toLowerCase(Locale.ROOT)
                + "}\ndefaults: {runbook: \"https://r/{alert}\", scrapeInterval: 15s}\n"
                + "teams: [{name: pay, receiver: r}]\nreceivers: [{name: r}]\nservices:\n");
    service("pods", "{namespace: pay, job: payments}", engine, spec);
    service("jobs", "{job: payments}", engine, spec);
    service("all", "{}", engine, spec);
    assertThat(lint(spec.toString())).isEmpty();
  }

  @Test
  void the_example_fleet_lints_clean() throws Exception {
    assertThat(lint(Files.readString(Path.of("examples/fleet.yaml")))).isEmpty();
  }

  private static void service(String name, String selector, Engine engine, StringBuilder spec) {
    spec.append("  - name: ").append(name).append("\n    team: pay\n    memoryLimit: 1Gi\n");
    spec.append("    selector: ").append(selector).append("\n    alerts:\n");
    AlertCatalogue.entries().stream()
        .filter(entry -> entry.engines().contains(engine))
        // nodes belong to no service
        .filter(entry -> selector.equals("{}") || !entry.id().startsWith("node-"))
        .forEach(entry -> spec.append("      - {use: ").append(entry.id()).append("}\n"));
  }

  private static List<Finding> lint(String spec) throws Exception {
    List<SpecText> texts = List.of(new SpecText("spec.yaml", spec));
    Generator.Output output = Generator.generate(texts, (all, target) -> List.of());
    dev.tidemark.rules.model.Settings settings = output.services().get(0).service().settings();
    List<FoundFile> files = output.services().stream().map(SpecRules::of).toList();
    assertThat(files).hasSize(output.services().size()).allMatch(f -> f.problems().isEmpty());
    assertThat(files.stream().flatMap(FoundFile::rules).count())
        .isEqualTo(output.services().stream().mapToLong(OwnRulesLintTest::rules).sum());
    Lint lint =
        new Lint(
            new Settings(
                settings.scrapeInterval(),
                settings.groupInterval(),
                Optional.of(settings.retention())),
            texts);
    return lint.notAllowed(lint.look(files), files);
  }

  private static long rules(ServiceRules service) {
    return (long) service.recordings().size() + service.rules().size();
  }
}
