package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.flow.Giving;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What rules can find on a server, conditions taken as true: a recording finds something where its
 * expression does, and one that is read only by itself, in a circle, does not. Each selector is
 * asked for once.
 */
final class Presence {
  private final SeriesSource source;
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, Recorded> recordings = new HashMap<>();

  /** A selector of what is recorded, and the rules that record it. */
  private final IdentityHashMap<VectorSelector, List<Read>> sources = new IdentityHashMap<>();

  private final IdentityHashMap<Read, Set<VectorSelector>> spares = new IdentityHashMap<>();
  private final Set<Read> found = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Read> spared = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @throws IOException where the server does not answer
   */
  Presence(SeriesSource source, List<Read> rules) throws IOException {
    this.source = source;
    for (Read rule : rules) {
      if (!rule.rule().isAlert()) {
        recordings.computeIfAbsent(rule.rule().name().value(), n -> new Recorded()).add(rule);
      }
    }
    for (Read rule : rules) {
      for (VectorSelector selector : rule.selectors()) {
        Recorded recorded = recordings.get(selector.name());
        if (recorded != null) {
          sources.put(selector, recorded.found(selector));
        }
      }
    }
    find(rules);
    for (Read rule : rules) {
      Set<VectorSelector> spare = selectors();
      spare(rule.parsed().expr(), spare);
      spares.put(rule, spare);
    }
    spare(rules);
  }

  private static Set<VectorSelector> selectors() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** From what the server has to what is recorded of it, and on. */
  private void find(List<Read> rules) throws IOException {
    IdentityHashMap<Read, List<Read>> readers = new IdentityHashMap<>();
    Deque<Read> open = new ArrayDeque<>();
    for (Read rule : rules) {
      if (!rule.rule().isAlert()) {
        open.add(rule);
        for (VectorSelector selector : rule.selectors()) {
          sources
              .getOrDefault(selector, List.of())
              .forEach(read -> readers.computeIfAbsent(read, r -> new ArrayList<>()).add(rule));
        }
      }
    }
    while (!open.isEmpty()) {
      Read rule = open.remove();
      if (!found.contains(rule) && finds(rule.parsed().expr())) {
        found.add(rule);
        open.addAll(readers.getOrDefault(rule, List.of()));
      }
    }
  }

  /** From recordings that no rule needs to those that only such ones read, and on. */
  private void spare(List<Read> rules) {
    IdentityHashMap<Read, Integer> needed = new IdentityHashMap<>();
    IdentityHashMap<Read, List<Read>> needs = new IdentityHashMap<>();
    for (Read rule : rules) {
      for (VectorSelector selector : rule.selectors()) {
        boolean need = !spare(rule).contains(selector);
        for (Read read : sources.getOrDefault(selector, List.of())) {
          needed.merge(read, need ? 1 : 0, Integer::sum);
          if (need) {
            needs.computeIfAbsent(rule, r -> new ArrayList<>()).add(read);
          }
        }
      }
    }
    Deque<Read> open = new ArrayDeque<>();
    needed.forEach(
        (read, count) -> {
          if (count == 0) {
            open.add(read);
          }
        });
    while (!open.isEmpty()) {
      Read rule = open.remove();
      spared.add(rule);
      for (Read read : needs.getOrDefault(rule, List.of())) {
        if (needed.merge(read, -1, Integer::sum) == 0) {
          open.add(read);
        }
      }
    }
  }

  /** What is not asked for: series of any name, those that rules record, and alerts. */
  boolean isKnown(VectorSelector selector) {
    return selector.name().isEmpty()
        || recordings.containsKey(selector.name())
        || selector.name().startsWith("ALERTS");
  }

  /**
   * How many series of a selector there were, whatever its offset.
   *
   * @throws IOException where the server does not answer
   */
  long count(VectorSelector selector) throws IOException {
    return any(selector) == 0 ? 0 : asked(selector.with(Modifiers.NONE));
  }

  /**
   * How many series of its name there were.
   *
   * @throws IOException where the server does not answer
   */
  long any(VectorSelector selector) throws IOException {
    return asked(VectorSelector.of(selector.name(), List.of()));
  }

  private long asked(VectorSelector selector) throws IOException {
    String text = selector.toString();
    Long known = counts.get(text);
    if (known != null) {
      return known;
    }
    long count = source.count(text);
    counts.put(text, count);
    return count;
  }

  /**
   * The selectors that a rule does without: a side of {@code or} beside one that finds something,
   * and what {@code unless} would take away. Identity counts, for the same selector may stand
   * elsewhere, too, where it is needed.
   */
  Set<VectorSelector> spare(Read rule) {
    return spares.getOrDefault(rule, Set.of());
  }

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

  /** Whether all who read what a rule records, and there are some, do without. */
  boolean isSpared(Read rule) {
    return spared.contains(rule);
  }

  /** Absence tells that something is missing, and stands in for nothing. */
  private boolean finds(Expr expr) throws IOException {
    return Giving.gives(expr, false, this::finds);
  }

  private boolean finds(VectorSelector selector) throws IOException {
    List<Read> recorded = sources.get(selector);
    return recorded == null
        ? isKnown(selector) || count(selector) > 0
        : recorded.stream().anyMatch(found::contains);
  }
}
