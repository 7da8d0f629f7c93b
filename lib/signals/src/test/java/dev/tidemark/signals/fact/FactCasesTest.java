package dev.tidemark.signals.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.signals.oracle.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The table facts.yml, asked of promtool in one go: each fact, each metric it reads. */
class FactCasesTest {
  private static final Path TABLE =
      Path.of("src/test/resources/dev/tidemark/signals/fact/facts.yml");
  private static final Pattern METRIC =
      Pattern.compile("\\b(go|process|container|kube|kubelet|node)_[a-zA-Z0-9_]+");
  private static final Set<String> LABELS = Set.of("go_memory_type", "go_memory_detailed_type");

  private final Facts facts = Facts.load();
  @TempDir Path directory;

  @Test
  void every_metric_that_a_fact_reads_has_a_case_that_answers() throws IOException {
    List<Case> cases = Case.table(TABLE, "fact");
    for (Fact fact : facts.all()) {
      Set<String> covered = new TreeSet<>();
      cases.stream()
          .filter(c -> c.of().equals(fact.id()) && !c.rows().isEmpty())
          .forEach(c -> covered.addAll(c.metrics()));
      assertThat(covered).as(fact.id()).containsAll(metrics(fact.expr()));
    }
  }

  private static Set<String> metrics(String expr) {
    Set<String> metrics = new TreeSet<>();
    Matcher matcher = METRIC.matcher(expr);
    while (matcher.find()) {
      metrics.add(matcher.group());
    }
    metrics.removeAll(LABELS);
    return metrics;
  }

  @TestFactory
  Stream<DynamicTest> answers() throws IOException, InterruptedException {
    return Case.answers(
        Case.table(TABLE, "fact"), id -> facts.find(id).orElseThrow().expr(), directory);
  }
}
