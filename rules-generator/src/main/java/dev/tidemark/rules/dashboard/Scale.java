package dev.tidemark.rules.dashboard;

import java.util.List;

/** Words and colours for values. */
enum Scale {
  PLAIN,
  LEAK_STATE,
  PRESENT,
  GOOD,
  /** More than none is worth a look. */
  NONE_IS_GOOD;

  /**
   * From this value on.
   *
   * @param text the word for exactly this value; empty: the number itself
   */
  record Step(int value, String text, String color) {}

  List<Step> steps() {
    return switch (this) {
      case PLAIN -> List.of();
      case LEAK_STATE ->
          List.of(
              new Step(0, "none", "green"),
              new Step(1, "suspected", "orange"),
              new Step(2, "confirmed", "red"));
      case PRESENT -> List.of(new Step(0, "no", "green"), new Step(1, "yes", "red"));
      case GOOD -> List.of(new Step(0, "no", "red"), new Step(1, "yes", "green"));
      case NONE_IS_GOOD -> List.of(new Step(0, "", "green"), new Step(1, "", "orange"));
    };
  }
}
