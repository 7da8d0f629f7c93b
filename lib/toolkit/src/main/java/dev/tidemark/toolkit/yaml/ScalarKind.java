package dev.tidemark.toolkit.yaml;

import dev.tidemark.toolkit.config.Shown;
import java.util.regex.Pattern;

/** What a scalar is by the core schema of YAML 1.2 (section 10.3.2): {@code yes} is a text. */
enum ScalarKind {
  NULL,
  BOOLEAN,
  INTEGER,
  FLOAT,
  TEXT;

  private static final int LONGEST_NUMBER = 400;
  private static final Pattern INTEGERS = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern FLOATS =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  static ScalarKind of(Tree.Scalar scalar) {
    return scalar.plain() ? ofPlain(scalar.text()) : TEXT;
  }

  private static ScalarKind ofPlain(String text) {
    switch (text) {
      case "", "~", "null", "Null", "NULL" -> {
        return NULL;
      }
      case "true", "True", "TRUE", "false", "False", "FALSE" -> {
        return BOOLEAN;
      }
      default -> {
        if (text.length() > LONGEST_NUMBER) {
          return TEXT;
        }
        if (INTEGERS.matcher(text).matches()) {
          return INTEGER;
        }
        return FLOATS.matcher(text).matches() ? FLOAT : TEXT;
      }
    }
  }

  String shown(String text) {
    return switch (this) {
      case NULL -> "nothing";
      case BOOLEAN -> text;
      case INTEGER, FLOAT -> "the number " + (text.length() > 60 ? Shown.text(text) : text);
      case TEXT -> "the text " + Shown.text(text);
    };
  }
}
