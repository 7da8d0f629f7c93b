package dev.tidemark.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which series of both sides belong together.
 *
 * @param on whether the labels are the ones to compare; otherwise the ones to leave out
 * @param include labels taken from the side of the one, where a group has many
 * @param fill what stands for a partner that is missing
 */
public record Matching(
    boolean on, List<String> labels, Group group, List<String> include, Fill fill) {
  /** All labels are compared, one to one. */
  public static final Matching ALL = new Matching(false, List.of(), Group.ONE_TO_ONE, List.of());

  /**
   * Values for series that lack a partner, null for none. Experimental, since 3.10.
   *
   * @param left where the left side has none
   * @param right where the right side has none
   */
  public record Fill(@Nullable NumberLiteral left, @Nullable NumberLiteral right) {
    public static final Fill NONE = new Fill(null, null);

    public boolean isNone() {
      return left == null && right == null;
    }

    /** With a space after it; empty for none. */
    @Override
    public String toString() {
      if (left != null && left.equals(right)) {
        return "fill (" + left + ") ";
      }
      return (left == null ? "" : "fill_left (" + left + ") ")
          + (right == null ? "" : "fill_right (" + right + ") ");
    }
  }

  /** How many series of a side may belong to one of the other. */
  public enum Group {
    ONE_TO_ONE(""),
    LEFT("group_left"),
    RIGHT("group_right");

    private final String word;

    Group(String word) {
      this.word = word;
    }
  }

  /** Without a fill. */
  public Matching(boolean on, List<String> labels, Group group, List<String> include) {
    this(on, labels, group, include, Fill.NONE);
  }

  public Matching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
    if (group == Group.ONE_TO_ONE && !include.isEmpty()) {
      throw new IllegalArgumentException("labels are included only by group_left or group_right");
    }
  }

  /** Whether all labels are compared, one to one. */
  public boolean isPlain() {
    return !on && labels.isEmpty() && group == Group.ONE_TO_ONE;
  }

  /** With a space after it; empty where nothing is asked. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    appendTo(text);
    return text.toString();
  }

  void appendTo(StringBuilder text) {
    if (!isPlain()) {
      text.append(on ? "on " : "ignoring ");
      Labels.append(text, labels);
      text.append(' ');
      if (group != Group.ONE_TO_ONE) {
        // without the parentheses a following "(" would be read as labels to include
        text.append(group.word).append(' ');
        Labels.append(text, include);
        text.append(' ');
      }
    }
    if (!fill.isNone()) {
      text.append(fill);
    }
  }
}
