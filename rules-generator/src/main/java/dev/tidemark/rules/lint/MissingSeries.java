package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
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
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Selectors that find nothing on a server. Each metric and selector is asked for once. */
public final class MissingSeries {
  static final String ID = "missing-series";

  private static final int SHOWN = 5;

  private final SeriesSource source;
  private final List<SpecText> texts;

  /** What becomes of a rule. */
  private enum Without {
    NOTHING("", " asks for it", " ask for it"),
    SAME("; the rule goes on without it", " goes on without it", " go on without it"),
    SPARED(
        "; what reads the rule goes on without it",
        " is empty, and what reads it goes on without it",
        " are empty, and what reads them goes on without them");

    private final String ending;
    private final String ofOne;
    private final String ofMany;

    Without(String ending, String ofOne, String ofMany) {
      this.ending = ending;
      this.ofOne = ofOne;
      this.ofMany = ofMany;
    }

    static Without of(Finding finding) {
      return finding.message().endsWith(SAME.ending)
          ? SAME
          : finding.message().endsWith(SPARED.ending) ? SPARED : NOTHING;
    }
  }

  public MissingSeries(SeriesSource source, List<SpecText> texts) {
    this.source = source;
    this.texts = List.copyOf(texts);
  }

  /**
   * What the server has no series of; what these rules record themselves is there where its sources
   * are.
   *
   * @throws IOException where the server does not answer
   */
  public List<Finding> look(List<FoundFile> files) throws IOException {
    List<Read> rules =
        files.stream().flatMap(FoundFile::rules).flatMap(rule -> read(rule).stream()).toList();
    Presence presence = new Presence(source, rules);
    List<Finding> findings = new ArrayList<>();
    for (Read rule : rules) {
      look(rule, presence, findings);
    }
    return findings;
  }

  private static Optional<Read> read(FoundRule rule) {
    try {
      return Optional.of(new Read(rule, PromQlParser.read(rule.expr().value())));
    } catch (ParseException e) {
      return Optional.empty();
    }
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
    String ending = Without.of(finding).ending;
    return finding.message().substring(0, finding.message().length() - ending.length());
  }

  private static Finding one(List<Finding> same) {
    Finding worst = Collections.max(same, Comparator.comparing(Finding::level));
    Finding first = same.stream().filter(f -> f.level() == worst.level()).findFirst().orElse(worst);
    if (same.size() == 1) {
      return first;
    }
    StringBuilder message = new StringBuilder(said(first));
    for (Without without : Without.values()) {
      List<Finding> such = same.stream().filter(f -> Without.of(f) == without).toList();
      if (!such.isEmpty()) {
        message
            .append("; ")
            .append(names(such))
            .append(such.size() == 1 ? without.ofOne : without.ofMany);
      }
    }
    return new Finding(
        ID,
        first.level(),
        first.place(),
        first.length(),
        first.rule(),
        message.toString(),
        first.right());
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

  private void look(Read rule, Presence presence, List<Finding> findings) throws IOException {
    Set<VectorSelector> absent = Collections.newSetFromMap(new IdentityHashMap<>());
    rule.parsed()
        .expr()
        .all()
        .filter(e -> e instanceof Call call && call.function().name().startsWith("absent"))
        .flatMap(e -> e.all())
        .filter(VectorSelector.class::isInstance)
        .forEach(e -> absent.add((VectorSelector) e));
    for (VectorSelector selector : rule.selectors()) {
      if (presence.isKnown(selector) || absent.contains(selector)) {
        continue;
      }
      if (presence.any(selector) == 0) {
        Without without =
            presence.spare(rule).contains(selector)
                ? Without.SAME
                : presence.isSpared(rule) ? Without.SPARED : Without.NOTHING;
        boolean isNeeded = without == Without.NOTHING;
        findings.add(
            finding(
                rule,
                selector,
                isNeeded ? Level.WARNING : Level.INFO,
                "the server had no series of "
                    + selector.name()
                    + " in the last hour"
                    + without.ending,
                isNeeded
                    ? "a metric that is scraped there"
                    : "so where what stands beside it is enough"));
      } else if (presence.count(selector) == 0) {
        findings.add(
            finding(
                rule,
                selector,
                Level.INFO,
                "the server has "
                    + selector.name()
                    + ", but none like "
                    + selector.with(Modifiers.NONE),
                "matchers of series that exist; of states that are rare this may be right"));
      }
    }
  }

  private Finding finding(
      Read rule, VectorSelector selector, Level level, String message, String right) {
    int offset = rule.parsed().place(selector).map(span -> span.offset()).orElse(0);
    return new Finding(
        ID,
        level,
        FragmentPlace.of(rule.rule().expr(), offset, texts),
        0,
        rule.rule().name().value(),
        message,
        right);
  }
}
