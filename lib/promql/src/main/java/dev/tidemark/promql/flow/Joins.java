package dev.tidemark.promql.flow;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.Matching.Fill;
import dev.tidemark.promql.ast.Matching.Group;
import dev.tidemark.promql.flow.LabelSets.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What operators between two expressions do to labels. */
final class Joins {
  private Joins() {}

  static LabelSets labels(Binary b) {
    LabelSets left = LabelFlow.of(b.left());
    LabelSets right = LabelFlow.of(b.right());
    if (LabelFlow.isNumber(b.left())) {
      return named(b, right);
    }
    if (LabelFlow.isNumber(b.right())) {
      return named(b, left);
    }
    return switch (b.op()) {
      case AND -> met(left, left, right, b.matching());
      case UNLESS -> left;
      case OR -> left.or(right);
      default -> named(b, matched(b.matching(), left, right));
    };
  }

  /** Comparisons that filter keep the name, all else that computes drops it. */
  private static LabelSets named(Binary b, LabelSets labels) {
    if (b.op().isTrim()) {
      return labels.presence(LabelFlow.NAME) == Presence.NEVER
          ? labels
          : labels.with(LabelFlow.NAME, Presence.MAYBE);
    }
    return b.op().isComparison() && !b.bool() ? labels : LabelFlow.unnamed(labels);
  }

  private static LabelSets matched(Matching m, LabelSets left, LabelSets right) {
    if (!m.fill().equals(Fill.NONE)) {
      return LabelSets.ANY; // of either side, or of both
    }
    LabelSets many = m.group() == Group.RIGHT ? right : left;
    LabelSets one = m.group() == Group.RIGHT ? left : right;
    if (m.group() != Group.ONE_TO_ONE) {
      LabelSets all = met(many, left, right, m);
      for (String label : m.include()) {
        all = all.with(label, one.presence(label));
      }
      return all;
    }
    LabelSets kept = m.on() ? left.only(m.labels()) : left.without(m.labels());
    return met(kept, left, right, m);
  }

  /** Labels that are compared are equal on both sides: what is certain of one is of the other. */
  private static LabelSets met(LabelSets labels, LabelSets left, LabelSets right, Matching m) {
    LabelSets known = labels;
    for (String label : named(left, right, m)) {
      Presence a = left.presence(label);
      Presence b = right.presence(label);
      if (a == Presence.NEVER || b == Presence.NEVER) {
        known = known.with(label, Presence.NEVER);
      } else if (a == Presence.SURE || b == Presence.SURE) {
        known = known.with(label, Presence.SURE);
      }
    }
    return known;
  }

  static List<String> apart(Binary b) {
    boolean numbers = LabelFlow.isNumber(b.left()) || LabelFlow.isNumber(b.right());
    boolean gives = b.op() == BinaryOp.OR || b.op() == BinaryOp.UNLESS;
    if (numbers || gives || !b.matching().fill().equals(Fill.NONE)) {
      return List.of();
    }
    LabelSets left = LabelFlow.of(b.left());
    LabelSets right = LabelFlow.of(b.right());
    List<String> apart = new ArrayList<>();
    for (String label : named(left, right, b.matching())) {
      Presence l = left.presence(label);
      Presence r = right.presence(label);
      if ((l == Presence.SURE && r == Presence.NEVER)
          || (l == Presence.NEVER && r == Presence.SURE)) {
        apart.add(label);
      }
    }
    return apart;
  }

  static List<String> aside(Binary b) {
    boolean numbers = LabelFlow.isNumber(b.left()) || LabelFlow.isNumber(b.right());
    if (numbers || b.op() == BinaryOp.OR || !b.matching().on()) {
      return List.of();
    }
    LabelSets left = LabelFlow.of(b.left());
    LabelSets right = LabelFlow.of(b.right());
    return b.matching().labels().stream()
        .filter(
            label ->
                (left.presence(label) == Presence.NEVER)
                    != (right.presence(label) == Presence.NEVER))
        .toList();
  }

  /** Labels that are compared, as far as anything is known of them. */
  private static Set<String> named(LabelSets left, LabelSets right, Matching m) {
    if (m.on()) {
      return new TreeSet<>(m.labels());
    }
    Set<String> all = new TreeSet<>();
    for (LabelSets side : List.of(left, right)) {
      all.addAll(side.sure());
      all.addAll(side.maybe());
      all.addAll(side.never());
    }
    all.remove(LabelFlow.NAME);
    m.labels().forEach(all::remove);
    return all;
  }
}
