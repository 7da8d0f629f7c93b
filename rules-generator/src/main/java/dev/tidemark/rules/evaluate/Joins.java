package dev.tidemark.rules.evaluate;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.Matching.Group;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Operators between two sets of series. Semantics: promql/engine.go, VectorBinop and its like. */
final class Joins {
  private final Binary binary;
  private final int count;

  Joins(Binary binary, int count) {
    this.binary = binary;
    this.count = count;
  }

  static boolean takes(Binary binary) {
    return !binary.op().isTrim() && binary.matching().fill().isNone();
  }

  List<Row> of(List<Row> left, List<Row> right) throws PrometheusException {
    return switch (binary.op()) {
      case AND -> kept(left, right, /* where= */ true);
      case UNLESS -> kept(left, right, /* where= */ false);
      case OR -> {
        Merged all = new Merged();
        for (Row row : left) {
          all.add(row);
        }
        for (Row row : kept(right, left, /* where= */ false)) {
          all.add(row);
        }
        yield all.rows();
      }
      default -> matched(left, right);
    };
  }

  /** Samples of the first that have, or have not, one of the others beside them. */
  private List<Row> kept(List<Row> rows, List<Row> others, boolean where) {
    Map<Map<String, String>, boolean[]> there = new HashMap<>();
    for (Row other : others) {
      boolean[] present = there.computeIfAbsent(key(other), k -> new boolean[count]);
      for (int i = 0; i < count; i++) {
        present[i] |= !Row.isAbsent(other.values()[i]);
      }
    }
    List<Row> kept = new ArrayList<>();
    for (Row row : rows) {
      boolean[] present = there.getOrDefault(key(row), new boolean[count]);
      double[] values = row.values().clone();
      for (int i = 0; i < count; i++) {
        if (present[i] != where) {
          values[i] = Row.ABSENT;
        }
      }
      kept.add(new Row(row.labels(), values));
    }
    return kept;
  }

  private List<Row> matched(List<Row> left, List<Row> right) throws PrometheusException {
    boolean swapped = binary.matching().group() == Group.RIGHT;
    List<Row> many = swapped ? right : left;
    Map<Map<String, String>, List<Row>> ones = new HashMap<>();
    for (Row row : swapped ? left : right) {
      ones.computeIfAbsent(key(row), k -> new ArrayList<>()).add(row);
    }
    unique(ones.values(), many);
    boolean alone = binary.matching().group() == Group.ONE_TO_ONE;
    Map<Map<String, String>, boolean[]> taken = new HashMap<>();
    Merged results = new Merged();
    for (Row row : many) {
      Map<String, String> key = key(row);
      boolean[] used = alone ? taken.computeIfAbsent(key, k -> new boolean[count]) : new boolean[0];
      List<Row> partners = ones.getOrDefault(key, List.of());
      for (Row one : partners) {
        results.add(joined(row, one, swapped, used));
      }
    }
    return results.rows();
  }

  /** Also where none of the many belongs to them, but not where there are none of these at all. */
  private void unique(Collection<List<Row>> ones, List<Row> many) throws PrometheusException {
    if (ones.stream().allMatch(alike -> alike.size() == 1)) {
      return;
    }
    boolean[] asked = present(many);
    for (List<Row> alike : ones) {
      for (int i = 0; alike.size() > 1 && i < count; i++) {
        int there = 0;
        for (Row one : alike) {
          there += Row.isAbsent(one.values()[i]) ? 0 : 1;
        }
        if (there > 1 && asked[i]) {
          throw refused(
              "many-to-many matching not allowed: matching labels must be unique on one side, found"
                  + " several series of "
                  + new TreeMap<>(key(alike.get(0))));
        }
      }
    }
  }

  private boolean[] present(List<Row> rows) {
    boolean[] present = new boolean[count];
    for (Row row : rows) {
      for (int i = 0; i < count; i++) {
        present[i] |= !Row.isAbsent(row.values()[i]);
      }
    }
    return present;
  }

  private Row joined(Row row, Row one, boolean swapped, boolean[] used) throws PrometheusException {
    double[] values = Row.nothing(count);
    for (int i = 0; i < count; i++) {
      double a = row.values()[i];
      double b = one.values()[i];
      if (Row.isAbsent(a) || Row.isAbsent(b)) {
        continue;
      }
      values[i] = swapped ? apply(b, a) : apply(a, b);
      // what a comparison drops has not matched
      if (used.length > 0 && !Row.isAbsent(values[i])) {
        if (used[i]) {
          throw refused(
              "multiple matches for labels: many-to-one matching must be explicit"
                  + " (group_left/group_right)");
        }
        used[i] = true;
      }
    }
    return new Row(labels(row, one), values);
  }

  private static PrometheusException refused(String why) {
    return new PrometheusException(Reason.QUERY, why, null);
  }

  double apply(double left, double right) {
    return apply(binary, left, right);
  }

  /** Absent where a comparison is false. */
  static double apply(Binary binary, double left, double right) {
    BinaryOp op = binary.op();
    if (op.isComparison()) {
      boolean is =
          switch (op) {
            case EQ -> left == right;
            case NOT_EQ -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQ -> left <= right;
            case GREATER -> left > right;
            default -> left >= right;
          };
      return binary.bool() ? (is ? 1 : 0) : is ? left : Row.ABSENT;
    }
    return switch (op) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MODULO -> left % right;
      case ATAN2 -> Math.atan2(left, right);
      case POW -> power(left, right);
      default -> throw new IllegalStateException("no arithmetic: " + op);
    };
  }

  private Map<String, String> labels(Row many, Row one) {
    Matching matching = binary.matching();
    Map<String, String> labels = new TreeMap<>(many.labels());
    if (!binary.op().isComparison() || binary.bool()) {
      labels.remove(Row.NAME);
    }
    if (matching.group() == Group.ONE_TO_ONE) {
      if (matching.on()) {
        labels.keySet().retainAll(matching.labels());
      } else {
        matching.labels().forEach(labels::remove);
      }
    }
    for (String label : matching.include()) {
      String value = one.labels().getOrDefault(label, "");
      if (value.isEmpty()) {
        labels.remove(label);
      } else {
        labels.put(label, value);
      }
    }
    return labels;
  }

  private Map<String, String> key(Row row) {
    Map<String, String> key = new HashMap<>(row.labels());
    if (binary.matching().on()) {
      key.keySet().retainAll(binary.matching().labels());
    } else {
      key.remove(Row.NAME);
      binary.matching().labels().forEach(key::remove);
    }
    return key;
  }

  /** As Go has it: 1 to the power of anything is 1, and so is −1 to an infinite one. */
  private static double power(double base, double exponent) {
    boolean one = base == 1 || (base == -1 && Double.isInfinite(exponent));
    return one ? 1 : Math.pow(base, exponent);
  }
}
