package dev.tidemark.webhook.verify;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A signal's expression confined to one target: the target's labels go into the selector of every
 * metric that the catalogue says the expression reads, so that the server touches a handful of
 * series and not the fleet's.
 */
final class Confined {
  private Confined() {}

  static String expr(Signal signal, Map<String, String> labels) {
    String conditions =
        labels.entrySet().stream()
            .filter(label -> Matcher.isLabelName(label.getKey()))
            .map(label -> Matcher.equal(label.getKey(), label.getValue()).toString())
            .sorted()
            .collect(Collectors.joining(", "));
    String expr = signal.expr();
    if (conditions.isEmpty()) {
      return expr;
    }
    List<String> metrics = signal.needs().stream().map(Need::metric).distinct().toList();
    for (String metric : metrics) {
      Pattern use =
          Pattern.compile(
              "(?<![a-zA-Z0-9_:\"])" + Pattern.quote(metric) + "(?![a-zA-Z0-9_:\"])(\\{\\s*(}?))?");
      expr =
          use.matcher(expr)
              .replaceAll(
                  found -> {
                    boolean opened = found.group(1) != null;
                    boolean empty = "}".equals(found.group(2));
                    String end = !opened || empty ? "}" : ", ";
                    return java.util.regex.Matcher.quoteReplacement(
                        metric + "{" + conditions + end);
                  });
    }
    return expr;
  }
}
