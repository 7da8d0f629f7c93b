package dev.tidemark.promql.ast;

import java.util.List;

/**
 * Which series of both sides belong together.
 *
 * @param on whether the labels are the ones to compare; otherwise the ones to leave out
 * @param include labels taken from the side of the one, where a group has many
 */
public record Matching(boolean on, List<String> labels, Group group, List<String> include) {
  /** All labels are compared, one to one. */
  public static final Matching ALL = new Matching(false, List.of(), Group.ONE_TO_ONE, List.of());

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

  public Matching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
    if (group == Group.ONE_TO_ONE && !include.isEmpty()) {
      throw new IllegalArgumentException("labels are included only by group_left or group_right");
    }
  }

  /** With a space after it; empty where nothing is asked. */
  @Override
  public String toString() {
    if (equals(ALL)) {
      return "";
    }
    String clause = (on ? "on " : "ignoring ") + Labels.list(labels) + " ";
    // without the parentheses a following "(" would be read as labels to include
    return group == Group.ONE_TO_ONE
        ? clause
        : clause + group.word + " " + Labels.list(include) + " ";
  }
}
