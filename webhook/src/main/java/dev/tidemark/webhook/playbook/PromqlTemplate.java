package dev.tidemark.webhook.playbook;

import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.print.PromQl;
import dev.tidemark.promql.type.ValueType;
import java.util.HashSet;
import java.util.Set;

/**
 * PromQL with {@code $name} inside double-quoted strings, escaped for them; where the string
 * belongs to {@code =~} or {@code !~} the value is made a literal regular expression too.
 */
public final class PromqlTemplate {
  private final Template template;
  private final Set<Integer> inRegex;

  private PromqlTemplate(Template template, Set<Integer> inRegex) {
    this.template = template;
    this.inRegex = inRegex;
  }

  /**
   * IllegalArgumentException when it is empty or no PromQL, or a name stands outside a
   * double-quoted string.
   */
  public static PromqlTemplate parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("an expression is needed");
    }
    Template template = new Template(text);
    Set<Integer> inRegex = new HashSet<>();
    for (Template.Part part : template.parts()) {
      if (part.isName()) {
        Where where = where(text, part.position());
        if (where == Where.OUTSIDE) {
          throw new IllegalArgumentException(
              "$"
                  + part.text()
                  + " must stand inside a double-quoted string: namespace=\"$"
                  + part.text()
                  + "\"");
        }
        if (where == Where.REGEX) {
          inRegex.add(part.position());
        }
      }
    }
    check(template.fill(part -> "x"));
    return new PromqlTemplate(template, inRegex);
  }

  /** What cannot be read cannot be confined to the alert's namespace either. */
  private static void check(String filled) {
    try {
      ValueType type = PromQlParser.parse(filled).type();
      if (type != ValueType.VECTOR && type != ValueType.SCALAR) {
        throw new IllegalArgumentException(
            "the expression gives a " + type.text() + ", expected values to compare");
      }
    } catch (ParseException e) {
      throw new IllegalArgumentException("the expression is wrong at " + e.getMessage(), e);
    }
  }

  /** MissingValueException when the alert has no such label: an empty one would select more. */
  public String fill(Values values) {
    return template.fill(
        part -> {
          String value = values.need(part.text());
          String quoted =
              PromQl.quote(inRegex.contains(part.position()) ? PromQl.literalRegex(value) : value);
          return quoted.substring(1, quoted.length() - 1);
        });
  }

  @Override
  public String toString() {
    return template.text();
  }

  private enum Where {
    OUTSIDE,
    STRING,
    REGEX
  }

  private static Where where(String text, int position) {
    char quote = 0;
    boolean regex = false;
    for (int i = 0; i < position; i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
        String before = text.substring(0, i).stripTrailing();
        regex = before.endsWith("=~") || before.endsWith("!~");
      } else if (c == '#') {
        int line = text.indexOf('\n', i);
        i = line < 0 ? position : line;
      }
    }
    if (quote != '"') {
      return Where.OUTSIDE;
    }
    return regex ? Where.REGEX : Where.STRING;
  }
}
