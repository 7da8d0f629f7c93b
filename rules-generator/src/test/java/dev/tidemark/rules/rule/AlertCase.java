package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.Oracle;
import dev.tidemark.rules.Tool;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Alerts of the catalogue, each for a service of its own so that their tests stay short. */
public record AlertCase(String engine, String selector, String more, List<String> alerts) {
  public static AlertCase of(String engine, String selector, String... alerts) {
    return new AlertCase(engine, selector, "", List.of(alerts));
  }

  /** With more keys of the service. */
  public AlertCase with(String keys) {
    return new AlertCase(engine, selector, keys, alerts);
  }

  public SortedMap<String, byte[]> files() throws ProblemsException {
    StringBuilder spec =
        new StringBuilder(
            """
            apiVersion: tidemark/v1
            teams: [{name: pay, receiver: hook}]
            receivers: [{name: hook, webhook: {url: "http://127.0.0.1:43211/x"}}]
            services:
            """);
    for (int i = 0; i < alerts.size(); i++) {
      spec.append("- {name: s")
          .append(i)
          .append(", team: pay, selector: ")
          .append(selector)
          .append(more.isEmpty() ? "" : ", " + more)
          .append(", alerts: [{engine: ")
          .append(engine)
          .append(", ")
          .append(alerts.get(i).contains(":") ? "" : "use: ")
          .append(alerts.get(i))
          .append("}]}\n");
    }
    return Oracle.files(spec.toString());
  }

  /** The rules of the first alert. */
  public String rules() throws ProblemsException {
    return new String(files().get("rules/pay/s0.yml"), StandardCharsets.UTF_8);
  }

  /** promtool accepts the rules, and their tests pass. */
  public void isAccepted(Path directory) throws Exception {
    SortedMap<String, byte[]> files = new TreeMap<>(files());
    files.keySet().removeIf(path -> !path.startsWith("rules/") && !path.startsWith("tests/"));
    Oracle.orSkip().accepts(files, directory, engine + " " + selector);
  }

  /** The first alert's tests fail when its rule is changed so. */
  public void failsWith(String wrong, String right, Path directory) throws Exception {
    String rules = rules();
    assertThat(rules).contains(right);
    Oracle oracle = Oracle.orSkip();
    write(directory, "rules/pay/s0.yml", rules.replace(right, wrong));
    write(
        directory,
        "tests/pay/s0_test.yml",
        new String(files().get("tests/pay/s0_test.yml"), StandardCharsets.UTF_8));
    assertThat(oracle.ask("rules/pay/s0.yml", directory).code()).as("still a rule").isZero();
    assertThat(oracle.ask("tests/pay/s0_test.yml", directory).code())
        .as("%s instead of %s", wrong, right)
        .isNotZero();
  }

  /** A test of promtool's over the first alert's rule passes; the rule file is {@code r.yml}. */
  public void passes(String test, Path directory) throws Exception {
    Oracle oracle = Oracle.orSkip();
    write(directory, "tests/r.yml", rules());
    write(directory, "tests/own_test.yml", test);
    Tool.Answer answer = oracle.ask("tests/own_test.yml", directory);
    assertThat(answer.code()).as(answer.text()).isZero();
  }

  private static void write(Path directory, String path, String text) throws Exception {
    Files.createDirectories(directory.resolve(path).getParent());
    Files.writeString(directory.resolve(path), text);
  }
}
