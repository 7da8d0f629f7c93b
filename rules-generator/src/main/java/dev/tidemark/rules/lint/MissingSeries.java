package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.rules.rule.FragmentPlace;
import dev.tidemark.rules.spec.SpecText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Selectors that find nothing on a server. Each metric and selector is asked for once. */
public final class MissingSeries {
  static final String ID = "missing-series";

  private final SeriesSource source;
  private final List<SpecText> texts;
  private final Map<String, Long> counts = new HashMap<>();

  public MissingSeries(SeriesSource source, List<SpecText> texts) {
    this.source = source;
    this.texts = List.copyOf(texts);
  }

  /**
   * What the server has no series of; what these rules record themselves counts as there.
   *
   * @throws IOException where the server does not answer
   */
  public List<Finding> look(List<FoundFile> files) throws IOException {
    Set<String> recorded =
        files.stream()
            .flatMap(FoundFile::rules)
            .filter(rule -> !rule.isAlert())
            .map(rule -> rule.name().value())
            .collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    for (FoundFile file : files) {
      for (FoundRule rule : file.rules().toList()) {
        look(rule, recorded, findings);
      }
    }
    return findings;
  }

  private void look(FoundRule rule, Set<String> recorded, List<Finding> findings)
      throws IOException {
    Parsed parsed;
    try {
      parsed = PromQlParser.read(rule.expr().value());
    } catch (ParseException e) {
      return;
    }
    Set<VectorSelector> absent = new HashSet<>();
    parsed
        .expr()
        .all()
        .filter(e -> e instanceof Call call && call.function().name().startsWith("absent"))
        .flatMap(e -> e.all())
        .filter(VectorSelector.class::isInstance)
        .forEach(e -> absent.add((VectorSelector) e));
    for (VectorSelector selector :
        parsed
            .expr()
            .all()
            .filter(VectorSelector.class::isInstance)
            .map(VectorSelector.class::cast)
            .toList()) {
      if (selector.name().isEmpty()
          || recorded.contains(selector.name())
          || selector.name().startsWith("ALERTS")
          || absent.contains(selector)) {
        continue;
      }
      VectorSelector now = selector.with(Modifiers.NONE);
      VectorSelector any = VectorSelector.of(selector.name(), List.of());
      if (count(any) == 0) {
        findings.add(
            finding(
                rule,
                parsed,
                selector,
                Level.WARNING,
                "the server had no series of " + selector.name() + " in the last hour",
                "a metric that is scraped there"));
      } else if (count(now) == 0) {
        findings.add(
            finding(
                rule,
                parsed,
                selector,
                Level.INFO,
                "the server has " + selector.name() + ", but none like " + now,
                "matchers of series that exist; of states that are rare this may be right"));
      }
    }
  }

  private Finding finding(
      FoundRule rule,
      Parsed parsed,
      VectorSelector selector,
      Level level,
      String message,
      String right) {
    int offset = parsed.place(selector).map(span -> span.offset()).orElse(0);
    return new Finding(
        ID,
        level,
        FragmentPlace.of(rule.expr(), offset, texts),
        0,
        rule.name().value(),
        message,
        right);
  }

  private long count(VectorSelector selector) throws IOException {
    String text = selector.toString();
    Long known = counts.get(text);
    if (known != null) {
      return known;
    }
    long count = source.count(text);
    counts.put(text, count);
    return count;
  }
}
