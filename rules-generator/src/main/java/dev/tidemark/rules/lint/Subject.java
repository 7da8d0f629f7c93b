package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.promql.parse.Parsed.Span;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.metric.KnownMetrics;
import dev.tidemark.rules.rule.FragmentPlace;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A rule with all that a check may ask about it. */
record Subject(FoundRule rule, FoundGroup group, Parsed parsed, Surroundings around) {
  /**
   * What all rules share.
   *
   * @param texts what the rules were read from
   */
  record Surroundings(Settings settings, KnownMetrics metrics, List<SpecText> texts) {}

  Expr expr() {
    return parsed.expr();
  }

  /** All pieces of the expression of a kind, a whole before its parts. */
  <T extends Expr> Stream<T> all(Class<T> kind) {
    return expr().all().filter(kind::isInstance).map(kind::cast);
  }

  KnownMetrics metrics() {
    return around.metrics();
  }

  Settings settings() {
    return around.settings();
  }

  Duration forDuration() {
    return rule.forDuration().map(d -> d.value()).orElse(Duration.ZERO);
  }

  /** Where a piece of the expression stands; the whole expression for one without a place. */
  Place place(Expr piece) {
    int offset = parsed.place(piece).map(Span::offset).orElse(0);
    return FragmentPlace.of(rule.expr(), offset, around.texts());
  }

  /** How much of its line a piece fills; 0 where the expression stands there otherwise. */
  int length(Expr piece) {
    Place start = place(piece);
    Span span = parsed.place(piece).orElse(new Span(0, parsed.text().length()));
    String text = parsed.text().substring(span.offset(), span.offset() + span.length());
    String line = text.lines().findFirst().orElse("").stripTrailing();
    return around.texts().stream()
            .filter(file -> file.file().equals(start.file()))
            .flatMap(file -> file.text().lines().skip(Math.max(0, start.line() - 1L)).limit(1))
            .anyMatch(found -> found.contains(line))
        ? line.length()
        : 0;
  }
}
