package dev.tidemark.rules.check;

import dev.tidemark.rules.output.YamlText;
import dev.tidemark.rules.spec.Release;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has promtool parse users' own expressions and puts its errors at their places. */
public final class ExpressionCheck {
  /** promtool 2 and 3 name the rule by group and number: {@code group "g", rule 3, …}. */
  private static final Pattern ERROR =
      Pattern.compile("rule (\\d+), [^\\n]*?(?:could not parse expression: )([^\\n]*)");

  private final Promtool promtool;

  private final Consumer<String> notes;

  /**
   * @param notes is told where promtool is not asked
   */
  public ExpressionCheck(Promtool promtool, Consumer<String> notes) {
    this.promtool = promtool;
    this.notes = notes;
  }

  /**
   * The problems, none where all parse.
   *
   * @param target the Prometheus that is to read them; an older promtool is not asked
   * @throws UncheckedIOException where promtool does not run
   */
  public List<Problem> check(List<Placed<String>> expressions, Release target) {
    if (expressions.isEmpty()) {
      return List.of();
    }
    try {
      Optional<Release> old = promtool.olderThan(target);
      if (old.isPresent()) {
        notes.accept(
            "promtool is of Prometheus %s, older than target.prometheus %s: it was not asked about your expressions; "
                    .formatted(old.get(), target)
                + Promtool.GET_NEWER);
        return List.of();
      }
      return ask(expressions);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while promtool ran", e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Problem> ask(List<Placed<String>> expressions)
      throws IOException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    Path file = Files.createTempFile("tidemark-", ".yml");
    try {
      Files.writeString(file, YamlText.of("checked by promtool", rules(expressions)));
      Promtool.Answer answer = promtool.run("check", "rules", file.toString());
      if (answer.code() != 0) {
        find(answer.text(), expressions, problems);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return problems;
  }

  private static void find(
      String answer, List<Placed<String>> expressions, List<Problem> problems) {
    Matcher matcher = ERROR.matcher(answer);
    while (matcher.find()) {
      int index = Integer.parseInt(matcher.group(1)) - 1;
      if (index >= 0 && index < expressions.size()) {
        problems.add(
            expressions.get(index).problem("expr: promtool says: " + matcher.group(2).strip()));
      }
    }
    if (problems.isEmpty()) {
      problems.add(
          expressions
              .get(0)
              .problem("expr: promtool refuses one of the expressions: " + answer.strip()));
    }
  }

  private static Map<String, Object> rules(List<Placed<String>> expressions) {
    List<Object> rules = new ArrayList<>();
    for (Placed<String> expression : expressions) {
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("alert", "Checked");
      rule.put("expr", expression.value());
      rules.add(rule);
    }
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", "checked");
    group.put("rules", rules);
    return Map.of("groups", List.of(group));
  }
}
