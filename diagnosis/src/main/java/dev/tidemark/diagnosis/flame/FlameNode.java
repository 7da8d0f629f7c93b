package dev.tidemark.diagnosis.flame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function below the one that called it, with all that was counted there and in what it called.
 */
public final class FlameNode {
  private final String name;
  private final Map<String, FlameNode> children = new LinkedHashMap<>();
  private long base;
  private long value;

  FlameNode(String name) {
    this.name = name;
  }

  void add(long before, long after) {
    base += before;
    value += after;
  }

  boolean has(String child) {
    return children.containsKey(child);
  }

  FlameNode child(String child) {
    return children.computeIfAbsent(child, FlameNode::new);
  }

  public String name() {
    return name;
  }

  /** What the profile before held; 0 when there is none. */
  public long base() {
    return base;
  }

  /** What the profile holds. */
  public long value() {
    return value;
  }

  public long delta() {
    return value - base;
  }

  /** The widest first. */
  public List<FlameNode> children() {
    List<FlameNode> sorted = new ArrayList<>(children.values());
    sorted.sort(
        Comparator.comparingLong(FlameNode::value).reversed().thenComparing(FlameNode::name));
    return sorted;
  }
}
