package dev.tidemark.promql.print;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prometheus' own parser, as an oracle. */
public final class Promtool {
  private static final Pattern BAD = Pattern.compile("rule (\\d+), \"r\\d+\": could not parse");

  private Promtool() {}

  /** Where it is; says so when it is not there. */
  public static Optional<Path> find() {
    String places =
        System.getenv().getOrDefault("TIDEMARK_TOOLS_BIN", "")
            + File.pathSeparator
            + System.getenv().getOrDefault("PATH", "");
    Optional<Path> found =
        Stream.of(places.split(File.pathSeparator))
            .filter(place -> !place.isEmpty())
            .map(place -> Path.of(place, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.err.println(
          "SKIPPED: promtool is neither on PATH nor in TIDEMARK_TOOLS_BIN; ./tidemark test brings it");
    }
    return found;
  }

  /** Indexes of the expressions that it cannot parse. */
  public static Set<Integer> refused(Path promtool, Path folder, List<String> expressions)
      throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n- name: g\n  rules:\n");
    for (int i = 0; i < expressions.size(); i++) {
      rules.append("  - {record: r").append(i).append(", expr: ");
      rules.append(yaml(expressions.get(i))).append("}\n");
    }
    Files.writeString(folder.resolve("r.yml"), rules);
    Process process =
        new ProcessBuilder(promtool.toString(), "check", "rules", "--lint=none", "r.yml")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    Set<Integer> bad = new TreeSet<>();
    Matcher found = BAD.matcher(answer);
    while (found.find()) {
      bad.add(Integer.parseInt(found.group(1)) - 1);
    }
    if (bad.isEmpty() != (code == 0)) {
      throw new AssertionError("promtool ended with " + code + ": " + answer);
    }
    return bad;
  }

  /** In double quotes; our expressions hold no characters that YAML cannot. */
  private static String yaml(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }
}
