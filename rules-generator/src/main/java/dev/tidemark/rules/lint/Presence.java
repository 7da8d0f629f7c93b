package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.flow.Giving;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What rules can find on a server, conditions taken as true: a recording finds something where its
 * expression does. Each selector is asked for once.
 */
final class Presence {
  private final SeriesSource source;
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, List<Read>> recordings = new HashMap<>();
  private final Map<String, List<Use>> uses = new HashMap<>();
  private final IdentityHashMap<Read, Boolean> found = new IdentityHashMap<>();
  private final IdentityHashMap<Read, Boolean> spared = new IdentityHashMap<>();
  private final IdentityHashMap<Read, Set<VectorSelector>> spares = new IdentityHashMap<>();

  /** Where a recording is read. */
  private record Use(Read reader, VectorSelector selector) {}

  Presence(SeriesSource source, List<Read> rules) {
    this.source = source;
    for (Read rule : rules) {
      if (!rule.rule().isAlert()) {
        recordings.computeIfAbsent(rule.rule().name().value(), n -> new ArrayList<>()).add(rule);
      }
    }
    for (Read rule : rules) {
      for (VectorSelector selector : rule.selectors()) {
        if (recordings.containsKey(selector.name())) {
          uses.computeIfAbsent(selector.name(), n -> new ArrayList<>())
              .add(new Use(rule, selector));
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
    String text = selector.with(Modifiers.NONE).toString();
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
  Set<VectorSelector> spare(Read rule) throws IOException {
    Set<VectorSelector> known = spares.get(rule);
    if (known == null) {
      known = new HashSet<>();
      spare(rule.parsed().expr(), known);
      spares.put(rule, known);
    }
    return known;
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
  boolean isSpared(Read rule) throws IOException {
    Boolean known = spared.get(rule);
    if (known != null) {
      return known;
    }
    spared.put(rule, false); // who reads only itself is read by nobody
    boolean is = false;
    for (Use use : uses.getOrDefault(rule.rule().name().value(), List.of())) {
      if (rule.isRead(use.selector())) {
        is = spare(use.reader()).contains(use.selector()) || isSpared(use.reader());
        if (!is) {
          break;
        }
      }
    }
    spared.put(rule, is);
    return is;
  }

  /** Absence tells that something is missing, and stands in for nothing. */
  private boolean finds(Expr expr) throws IOException {
    return Giving.gives(expr, false, this::finds);
  }

  private boolean finds(VectorSelector selector) throws IOException {
    List<Read> recording = recordings.get(selector.name());
    if (recording == null) {
      return isKnown(selector) || count(selector) > 0;
    }
    for (Read rule : recording) {
      if (rule.isRead(selector) && finds(rule)) {
        return true;
      }
    }
    return false;
  }

  private boolean finds(Read rule) throws IOException {
    Boolean known = found.get(rule);
    if (known != null) {
      return known;
    }
    found.put(rule, false); // of what reads itself the rest decides
    boolean finds = finds(rule.parsed().expr());
    found.put(rule, finds);
    return finds;
  }
}
