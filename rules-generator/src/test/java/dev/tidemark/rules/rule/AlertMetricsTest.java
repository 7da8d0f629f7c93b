package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.catalogue.AlertCatalogue;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.ModelBuilder;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.SpecReader;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.signals.metric.SourceMetrics;
import dev.tidemark.signals.signal.Catalogue;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An alert on a metric that nobody exposes never fires, and nobody notices. */
class AlertMetricsTest {
  private static final Set<String> OF_NODES = Set.of("node-not-ready", "node-goroutines");
  private static final Pattern OF_PROCESSES = Pattern.compile("(go|process)_.*");
  private static final Pattern RECORDED = Pattern.compile("[a-z]+:[a-z_]+:.*");

  @ParameterizedTest(name = "engine {0}, a selector of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "promql   | {}",
        "exporter | {}",
        "promql   | {job: api}",
        "exporter | {job: api}",
        "promql   | {namespace: pay, job: api, env: prod}",
        "exporter | {namespace: pay, job: api, env: prod}",
      })
  void every_metric_is_one_that_somebody_exposes(String engine, String selector) throws Exception {
    Set<String> known = known();
    for (TestedRule rule : rules(engine, selector)) {
      List<String> read = new ArrayList<>(rule.rule().expr().metrics());
      read.removeIf(metric -> RECORDED.matcher(metric).matches());
      assertThat(known).as(rule.rule().alert()).containsAll(read.stream().map(this::base).toList());
      Stream.concat(
              rule.scenarios().stream()
                  .flatMap(scenario -> scenario.inputs().stream().map(i -> i.series())),
              rule.stories().stream().flatMap(s -> s.get().tracks().stream().map(t -> t.series())))
          .map(series -> base(series.replaceFirst("\\{.*", "")))
          .forEach(metric -> assertThat(known).as(rule.rule().alert()).contains(metric));
    }
  }

  @ParameterizedTest(name = "engine {0}")
  @CsvSource({"promql", "exporter"})
  void what_a_process_exposes_is_asked_of_the_service_only(String engine) throws Exception {
    List<Matcher> all = List.of(Matcher.equal("env", "prod"), Matcher.equal("namespace", "pay"));
    for (TestedRule rule : rules(engine, "{namespace: pay, env: prod}")) {
      for (VectorSelector selector : selectors(rule.rule().expr())) {
        if (OF_PROCESSES.matcher(selector.name()).matches()) {
          assertThat(selector.matchers()).as(rule.rule().alert()).containsAll(all);
        }
      }
    }
  }

  private static List<VectorSelector> selectors(Expr expr) {
    List<VectorSelector> selectors = new ArrayList<>();
    expr.mapSelectors(
        selector -> {
          selectors.add(selector);
          return selector;
        });
    return selectors;
  }

  private static List<TestedRule> rules(String engine, String selector) throws Exception {
    StringBuilder spec =
        new StringBuilder(
            """
            apiVersion: tidemark/v1
            teams: [{name: pay, receiver: hook}]
            receivers: [{name: hook}]
            services: [{name: api, team: pay, memoryLimit: 1Gi, selector: SELECTOR, alerts: [
            """
                .replace("SELECTOR", selector));
    for (CatalogueEntry entry : AlertCatalogue.entries()) {
      boolean judged = entry.engines().contains(Engine.valueOf(engine.toUpperCase(Locale.ROOT)));
      if (judged && (selector.equals("{}") || !OF_NODES.contains(entry.id()))) {
        spec.append("{engine: ").append(engine).append(", use: ").append(entry.id()).append("},");
      }
    }
    List<SpecText> texts = List.of(new SpecText("spec.yaml", spec + "]}]"));
    Complaints complaints = new Complaints();
    Model model = new ModelBuilder(SpecReader.read(texts), complaints).build();
    List<ServiceRules> made = new RuleMaker(model, AlertCatalogue.MAKERS, texts, complaints).make();
    assertThat(complaints.problems()).isEmpty();
    return made.get(0).rules();
  }

  /** The histogram a series of buckets belongs to. */
  private String base(String metric) {
    return metric.replaceFirst("_bucket$", "");
  }

  private Set<String> known() throws IllegalAccessException {
    Set<String> known = new TreeSet<>();
    Catalogue.load()
        .signals()
        .forEach(signal -> signal.needs().forEach(need -> known.add(base(need.metric()))));
    for (Class<?> names : List.of(MetricNames.class, SelfMetrics.class, SourceMetrics.class)) {
      for (Field field : names.getFields()) {
        if (field.getType() == String.class) {
          known.add(base((String) field.get(null)));
        }
      }
    }
    return known;
  }
}
