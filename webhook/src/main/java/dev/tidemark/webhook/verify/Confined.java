package dev.tidemark.webhook.verify;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import dev.tidemark.signals.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Expressions confined to what an alert is about: conditions are added to every selector in them.
 */
final class Confined {
  private Confined() {}

  /**
   * A signal of one target: exactly its labels, so that the server touches a handful of series and
   * not the fleet's.
   */
  static String signal(Signal signal, Map<String, String> labels) {
    List<Matcher> matchers = new ArrayList<>();
    new TreeMap<>(labels).forEach((name, value) -> matchers.add(Matcher.equal(name, value)));
    try {
      return PromQlParser.parse(signal.expr()).withMatchers(matchers).toString();
    } catch (ParseException e) {
      throw new IllegalStateException("signal " + signal.id() + ": " + e.getMessage(), e);
    }
  }

  /**
   * A person's expression within a cluster and namespace. A series without such a label stays, for
   * a cluster is mostly an external label and on no series; one of another does not, not even
   * inside an aggregation.
   */
  static String query(String expr, Map<String, String> scope) throws ParseException {
    List<Matcher> matchers = new ArrayList<>();
    new TreeMap<>(scope)
        .forEach(
            (name, value) ->
                matchers.add(new Matcher(name, Matcher.Op.RE, PromQl.literalRegex(value) + "|")));
    Expr parsed = PromQlParser.parse(expr);
    return parsed.withMatchers(matchers).toString();
  }
}
