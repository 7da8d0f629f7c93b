package dev.tidemark.webhook.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with {@code $name} or {@code ${name}} in it; {@code $$} is a dollar, and a dollar before
 * anything else is itself. What stands for a name is inserted once and never looked at again, so a
 * label's value cannot bring a name of its own.
 */
final class Template {
  private static final Pattern NAME =
      Pattern.compile("\\$(?:\\$|([a-zA-Z_][a-zA-Z0-9_]*)|\\{([a-zA-Z_][a-zA-Z0-9_]*)})");

  /** A part: fixed text, or a name to fill in. */
  record Part(String text, boolean isName, int position) {}

  private final String text;
  private final List<Part> parts;

  Template(String text) {
    this.text = text;
    this.parts = split(text);
  }

  String text() {
    return text;
  }

  List<Part> parts() {
    return parts;
  }

  List<String> names() {
    return parts.stream().filter(Part::isName).map(Part::text).distinct().toList();
  }

  /** Puts together the fixed parts and what the function gives for each named one. */
  String fill(Function<Part, String> value) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      filled.append(part.isName() ? value.apply(part) : part.text());
    }
    return filled.toString();
  }

  private static List<Part> split(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = NAME.matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.start() > from) {
        parts.add(new Part(text.substring(from, matcher.start()), false, from));
      }
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      parts.add(
          name == null
              ? new Part("$", false, matcher.start())
              : new Part(name, true, matcher.start()));
      from = matcher.end();
    }
    if (from < text.length()) {
      parts.add(new Part(text.substring(from), false, from));
    }
    return List.copyOf(parts);
  }
}
