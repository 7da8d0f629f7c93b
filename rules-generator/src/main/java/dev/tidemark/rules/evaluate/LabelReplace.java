package dev.tidemark.rules.evaluate;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a label by another's value.
 *
 * @param replacement in which {@code $1} and {@code ${1}} are groups and {@code $$} is a dollar
 */
record LabelReplace(String target, String replacement, String source, Pattern regex) {
  private static final java.util.regex.Pattern GROUP =
      java.util.regex.Pattern.compile("\\$(?:\\$|([0-9]+)(?!\\w)|\\{([0-9]+)\\})");

  /** Groups by name are left to the server. */
  private static final java.util.regex.Pattern NAMED =
      java.util.regex.Pattern.compile("\\$(?!\\$|[0-9]+(?!\\w)|\\{[0-9]+\\})");

  static boolean takes(String function, List<Expr> arguments) {
    if (!function.equals("label_replace")
        || arguments.size() != 5
        || !arguments.stream().skip(1).allMatch(StringLiteral.class::isInstance)) {
      return false;
    }
    try {
      LabelReplace of = of(arguments);
      return !NAMED.matcher(of.replacement.replace("$$", "")).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  static LabelReplace of(List<Expr> arguments) {
    List<String> texts =
        arguments.stream().skip(1).map(argument -> ((StringLiteral) argument).value()).toList();
    return new LabelReplace(
        texts.get(0), texts.get(1), texts.get(2), Pattern.compile("(?s:" + texts.get(3) + ")"));
  }

  List<Row> rows(List<Row> rows) throws PrometheusException {
    Merged results = new Merged();
    for (Row row : rows) {
      Matcher found = regex.matcher(row.labels().getOrDefault(source, ""));
      Map<String, String> labels = new TreeMap<>(row.labels());
      if (found.matches()) {
        String value = expanded(found);
        if (value.isEmpty()) {
          labels.remove(target);
        } else {
          labels.put(target, value);
        }
      }
      results.add(new Row(labels, row.values()));
    }
    return results.rows();
  }

  private String expanded(Matcher found) {
    java.util.regex.Matcher group = GROUP.matcher(replacement);
    StringBuilder text = new StringBuilder();
    while (group.find()) {
      String number = group.group(1) == null ? group.group(2) : group.group(1);
      group.appendReplacement(text, java.util.regex.Matcher.quoteReplacement(value(found, number)));
    }
    return group.appendTail(text).toString();
  }

  private static String value(Matcher found, @Nullable String number) {
    if (number == null) {
      return "$";
    }
    int index = number.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(number);
    String value = index <= found.groupCount() ? found.group(index) : null;
    return value == null ? "" : value;
  }
}
