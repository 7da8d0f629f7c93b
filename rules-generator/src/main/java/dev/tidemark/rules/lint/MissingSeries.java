package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Selectors that find nothing on a server. Each metric and selector is asked for once. */
public final class MissingSeries {
  static final String ID = "missing-series";

  private static final String GOES_ON = "; the rule goes on without it";
  private static final int SHOWN = 5;

  private final SeriesSource source;
  private final List<SpecText> texts;
  private final Map<String, Long> counts = new HashMap<>();
  private final Set<String> recorded = new HashSet<>();

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
    files.stream()
        .flatMap(FoundFile::rules)
        .filter(rule -> !rule.isAlert())
        .forEach(rule -> recorded.add(rule.name().value()));
    List<Finding> findings = new ArrayList<>();
    for (FoundFile file : files) {
      for (FoundRule rule : file.rules().toList()) {
        look(rule, findings);
      }
    }
    return findings;
  }

  /**
   * These with one of each metric or selector in place of one of each rule, where the first stands:
   * what a server lacks is put right once, however many rules ask for it.
   */
  public static List<Finding> together(List<Finding> findings) {
    Map<String, List<Finding>> missing = new LinkedHashMap<>();
    List<Finding> all = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.id().equals(ID)) {
        missing.computeIfAbsent(said(finding), said -> new ArrayList<>()).add(finding);
      } else {
        all.add(finding);
      }
    }
    missing.values().forEach(same -> all.add(one(same)));
    return all.stream().sorted().toList();
  }

  private static String said(Finding finding) {
    return finding.message().replace(GOES_ON, "");
  }

  private static Finding one(List<Finding> same) {
    Finding worst = Collections.max(same, Comparator.comparing(Finding::level));
    Finding first = same.stream().filter(f -> f.level() == worst.level()).findFirst().orElse(worst);
    if (same.size() == 1) {
      return first;
    }
    List<Finding> without = same.stream().filter(f -> f.message().endsWith(GOES_ON)).toList();
    List<Finding> need = same.stream().filter(f -> !without.contains(f)).toList();
    String message =
        said(first)
            + (need.isEmpty()
                ? ""
                : "; " + names(need) + (isOne(need) ? " asks" : " ask") + " for it")
            + (without.isEmpty()
                ? ""
                : "; " + names(without) + (isOne(without) ? " goes" : " go") + " on without it");
    return new Finding(
        ID, first.level(), first.place(), first.length(), first.rule(), message, first.right());
  }

  private static boolean isOne(List<Finding> findings) {
    return findings.size() == 1;
  }

  /** {@code A, B (3 times)}: services have alerts of the same name. */
  private static String names(List<Finding> findings) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    findings.forEach(finding -> counts.merge(finding.rule(), 1, Integer::sum));
    List<String> names = new ArrayList<>();
    counts.forEach((name, count) -> names.add(count == 1 ? name : name + " (" + count + " times)"));
    return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }

  private void look(FoundRule rule, List<Finding> findings) throws IOException {
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
    Set<VectorSelector> spare = new HashSet<>();
    spare(parsed.expr(), spare);
    for (VectorSelector selector :
        parsed
            .expr()
            .all()
            .filter(VectorSelector.class::isInstance)
            .map(VectorSelector.class::cast)
            .toList()) {
      if (isKnown(selector) || absent.contains(selector)) {
        continue;
      }
      VectorSelector now = selector.with(Modifiers.NONE);
      if (count(any(selector)) == 0) {
        boolean isSpare = spare.contains(selector);
        findings.add(
            finding(
                rule,
                parsed,
                selector,
                isSpare ? Level.INFO : Level.WARNING,
                "the server had no series of "
                    + selector.name()
                    + " in the last hour"
                    + (isSpare ? GOES_ON : ""),
                isSpare
                    ? "so where what stands beside it is enough"
                    : "a metric that is scraped there"));
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

  /**
   * Collects what a rule does without: a side of {@code or} beside one that finds something, and
   * what {@code unless} would take away. Identity counts, for the same selector may stand
   * elsewhere, too, where it is needed.
   */
  private void spare(Expr expr, Set<VectorSelector> spare) throws IOException {
    if (expr instanceof Binary binary && binary.op() == BinaryOp.UNLESS) {
      selectors(binary.right(), spare);
    }
    if (expr instanceof Binary binary && binary.op() == BinaryOp.OR) {
      boolean left = finds(binary.left());
      boolean right = finds(binary.right());
      if (left && !right) {
        selectors(binary.right(), spare);
      }
      if (right && !left) {
        selectors(binary.left(), spare);
      }
    }
    for (Expr part : expr.parts()) {
      spare(part, spare);
    }
  }

  private static void selectors(Expr expr, Set<VectorSelector> to) {
    expr.all().filter(VectorSelector.class::isInstance).forEach(e -> to.add((VectorSelector) e));
  }

  /** Whether an expression can give something, conditions taken as true. */
  private boolean finds(Expr expr) throws IOException {
    if (expr instanceof VectorSelector selector) {
      return isKnown(selector) || count(selector.with(Modifiers.NONE)) > 0;
    }
    if (expr instanceof Call call && call.function().name().startsWith("absent")) {
      return false; // it tells that something is missing, and stands in for nothing
    }
    if (expr instanceof Binary binary) {
      return switch (binary.op()) {
        case OR -> finds(binary.left()) || finds(binary.right());
        case UNLESS -> finds(binary.left());
        default -> finds(binary.left()) && finds(binary.right());
      };
    }
    for (Expr part : expr.parts()) {
      if (!finds(part)) {
        return false;
      }
    }
    return true;
  }

  /** What is not asked for: series of any name, those that rules record, and alerts. */
  private boolean isKnown(VectorSelector selector) {
    return selector.name().isEmpty()
        || recorded.contains(selector.name())
        || selector.name().startsWith("ALERTS");
  }

  private static VectorSelector any(VectorSelector selector) {
    return VectorSelector.of(selector.name(), List.of());
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
