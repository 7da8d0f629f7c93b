package dev.tidemark.toolkit.yaml;

import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in our words what snakeyaml found wrong, where its own words would puzzle. */
final class SyntaxMessage {
  private SyntaxMessage() {}

  static String of(MarkedYAMLException e) {
    String problem = e.getProblem() == null ? "no valid YAML" : e.getProblem();
    if (problem.contains("\\t(TAB)") || problem.contains("'\\t'")) {
      return "found a TAB, needs spaces for indentation";
    }
    if (problem.startsWith("mapping values are not allowed here")) {
      return "found a \":\" that starts a second mapping in this line, needs quotes around the text"
          + " or a line of its own";
    }
    String context = e.getContext();
    String flat = problem.replaceAll("\\s+", " ").strip();
    return context == null ? "syntax: " + flat : "syntax: " + context.strip() + ", " + flat;
  }
}
