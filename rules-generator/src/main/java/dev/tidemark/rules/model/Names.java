package dev.tidemark.rules.model;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks names: those that become files and labels are plain, and none stands twice. */
public final class Names {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?");
  private static final int LONGEST = 200;

  private final Complaints complaints;

  Names(Complaints complaints) {
    this.complaints = complaints;
  }

  /** A name that becomes a file's or folder's. */
  void plain(String key, Placed<String> name) {
    if (!PLAIN.matcher(name.value()).matches() || name.value().contains("..")) {
      complaints.add(
          name,
          key
              + ": found "
              + Shown.text(name.value())
              + ", needs lower-case letters, digits, dots and dashes, at most 63");
    }
  }

  /** A text that may hold anything that can be seen. */
  void visible(String key, Placed<String> name) {
    visible(key, name, LONGEST);
  }

  void visible(String key, Placed<String> name, int longest) {
    String text = name.value();
    if (!isVisible(text) || text.length() > longest) {
      complaints.add(
          name,
          key
              + ": found "
              + Shown.text(text)
              + ", needs 1 to "
              + longest
              + " characters that can all be seen");
    }
  }

  /** Whether it holds something, and nothing that cannot be seen. */
  public static boolean isVisible(String text) {
    return !text.isBlank()
        && text.codePoints()
            .noneMatch(
                c ->
                    switch (Character.getType(c)) {
                      case Character.CONTROL,
                          Character.FORMAT,
                          Character.SURROGATE,
                          Character.LINE_SEPARATOR,
                          Character.PARAGRAPH_SEPARATOR,
                          Character.UNASSIGNED,
                          Character.PRIVATE_USE ->
                          true;
                      default -> c == 0xFFFD;
                    });
  }

  /**
   * Whether Prometheus can hold a text in a rule. It writes rules out and reads them again, and its
   * lexer refuses U+FFFD, however it was written; half a surrogate pair would become one.
   */
  public static boolean isHeldByRules(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0xFFFD || Character.getType(c) == Character.SURROGATE);
  }

  void label(String key, Placed<?> where, String name) {
    if (!Matcher.isLabelName(name) || name.startsWith("__") || name.length() > LONGEST) {
      complaints.add(where, key + ": found " + Shown.text(name) + ", needs a label name");
    }
  }

  /** Tells names that stand twice. */
  void unique(String what, Iterable<Placed<String>> names) {
    Map<String, Placed<String>> seen = new HashMap<>();
    for (Placed<String> name : names) {
      Placed<String> first = seen.putIfAbsent(name.value(), name);
      if (first != null) {
        complaints.add(
            name, what + " " + Shown.text(name.value()) + " stands already at " + first.place());
      }
    }
  }
}
