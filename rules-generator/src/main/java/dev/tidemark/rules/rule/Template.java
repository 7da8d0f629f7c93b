package dev.tidemark.rules.rule;

import dev.tidemark.toolkit.config.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an annotation: literal text, labels and the value. Literal text is escaped when it is
 * written for Prometheus, so braces from elsewhere stay braces.
 */
public final class Template {
  private static final Pattern ACTION =
      Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?\\}\\}", Pattern.DOTALL);

  /** As {@link #labelIfAny} is written. */
  private static final Pattern IF_ANY =
      Pattern.compile(
          "\\{\\{ with \\$labels\\.(\\w+) \\}\\} \\1 \\{\\{ \\. \\}\\}\\{\\{ end \\}\\}");

  private static final String PRINTF = "printf \"[^\"\\\\{}]{1,20}\"";

  /** Functions of Prometheus that take one argument. */
  private static final String FUNCTION =
      "(?:humanize|humanize1024|humanizeDuration|humanizePercentage|humanizeTimestamp"
          + "|title|toUpper|toLower|stripPort|stripDomain|"
          + PRINTF
          + ")";

  /**
   * {@code $labels.x} or {@code $value} with functions before or behind it, or {@code $labels}: all
   * of them, as Go prints a map.
   */
  private static final Pattern UNDERSTOOD =
      Pattern.compile(
          "\\$labels|\\.Labels|(?:(?:"
              + FUNCTION
              + "\\s+)?"
              + "(?:\\$labels\\.[a-zA-Z_][a-zA-Z0-9_]*|\\$value|\\.Value|\\.Labels\\.[a-zA-Z_][a-zA-Z0-9_]*)"
              + "|\"[0-9.]{1,20}\")"
              + "(?:\\s*\\|\\s*"
              + FUNCTION
              + ")*");

  private static final String ESCAPED_BRACES = "\"{{\"";

  /** How charts keep templates from Helm: in backquotes, or brace by brace. */
  private static final Pattern HELM = Pattern.compile("`.*|\"[}]*");

  private sealed interface Part {}

  private record Literal(String text) implements Part {}

  private record Label(String name) implements Part {}

  private record LabelIfAny(String name) implements Part {}

  private record Percentage() implements Part {}

  private record Action(String text) implements Part {}

  /** A whole text as somebody wrote it, with conditions or queries in it. */
  private record Program(String text) implements Part {}

  private final List<Part> parts = new ArrayList<>();

  private Template() {}

  /** A template that starts with this text, braces and all. */
  public static Template of(String text) {
    return new Template().text(text);
  }

  /**
   * A user's own template. Labels and values are looked at closely, for a slip in them shows only
   * when the alert fires; a text with conditions, loops or queries is kept as it is where
   * Prometheus reads it.
   *
   * @throws IllegalArgumentException where an action is none that Prometheus surely understands
   */
  public static Template parse(String text) {
    if (!GoTemplate.isProgram(text)) {
      return plain(text);
    }
    try {
      return plain(text);
    } catch (IllegalArgumentException e) {
      Optional<String> problem = GoTemplate.problem(text);
      if (problem.isPresent()) {
        throw new IllegalArgumentException(
            "found the template "
                + Shown.text(text)
                + ", which Prometheus does not read: "
                + problem.get(),
            e);
      }
      Template template = new Template();
      template.parts.add(new Program(text));
      return template;
    }
  }

  private static Template plain(String text) {
    Template template = new Template();
    Matcher matcher = ACTION.matcher(text);
    int end = 0;
    while (matcher.find(end)) {
      template.literal(text.substring(end, matcher.start()));
      Matcher ifAny = IF_ANY.matcher(text).region(matcher.start(), text.length());
      if (ifAny.lookingAt()) {
        template.labelIfAny(ifAny.group(1));
        end = ifAny.end();
        continue;
      }
      String action = matcher.group(1);
      if (action.equals(ESCAPED_BRACES)) {
        template.text("{{");
      } else if (UNDERSTOOD.matcher(action).matches()) {
        template.parts.add(new Action(action));
      } else {
        throw new IllegalArgumentException(
            "found the template "
                + Shown.text(matcher.group())
                + (HELM.matcher(action).matches()
                    ? ", as in a Helm chart: give what `helm template` makes of it"
                    : "")
                + ", needs {{ $labels.NAME }} or {{ $value }}, perhaps with a function as in"
                + " {{ $value | humanize }}");
      }
      end = matcher.end();
    }
    return template.literal(text.substring(end));
  }

  public Template text(String text) {
    parts.add(new Literal(text));
    return this;
  }

  /** The value of a label of the alert. */
  public Template label(String name) {
    parts.add(new Label(name));
    return this;
  }

  /** {@code " name value"} where the alert has the label, else nothing. */
  public Template labelIfAny(String name) {
    parts.add(new LabelIfAny(name));
    return this;
  }

  /** The alert's value, a share of 1, in percent. */
  public Template percentage() {
    parts.add(new Percentage());
    return this;
  }

  /** As Prometheus takes it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        text.append(literal.text().replace("{{", "{{ " + ESCAPED_BRACES + " }}"));
      } else if (part instanceof Label label) {
        text.append("{{ $labels.").append(label.name()).append(" }}");
      } else if (part instanceof LabelIfAny label) {
        text.append("{{ with $labels.").append(label.name()).append(" }} ");
        text.append(label.name()).append(" {{ . }}{{ end }}");
      } else if (part instanceof Action action) {
        text.append("{{ ").append(action.text()).append(" }}");
      } else if (part instanceof Program program) {
        text.append(program.text());
      } else {
        text.append("{{ $value | humanizePercentage }}");
      }
    }
    return text.toString();
  }

  /** Whether {@link #expand} knows what Prometheus will make of it. */
  public boolean isExpandable() {
    return parts.stream().noneMatch(part -> part instanceof Action || part instanceof Program);
  }

  /** What Prometheus makes of it for an alert; percentages only of values with few digits. */
  public String expand(Map<String, String> labels, double value) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        text.append(literal.text());
      } else if (part instanceof Label label) {
        text.append(labels.getOrDefault(label.name(), ""));
      } else if (part instanceof LabelIfAny label) {
        String found = labels.getOrDefault(label.name(), "");
        text.append(found.isEmpty() ? "" : " " + label.name() + " " + found);
      } else if (part instanceof Percentage) {
        text.append(Expr.number(value * 100).text()).append('%');
      } else {
        throw new IllegalStateException("a user's template has no expectation");
      }
    }
    return text.toString();
  }

  private Template literal(String text) {
    if (text.contains("{{") || text.contains("}}")) {
      throw new IllegalArgumentException(
          "found braces that do not match in "
              + Shown.text(text)
              + ", needs {{ $labels.NAME }}, or {{ \"{{\" }} for braces themselves");
    }
    return text.isEmpty() ? this : text(text);
  }
}
