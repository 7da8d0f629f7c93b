package dev.tidemark.rules.imported;

import dev.tidemark.toolkit.yaml.Problem;
import java.util.List;

/**
 * A specification made of rule files.
 *
 * @param spec its text
 * @param rules how many rules it holds
 * @param left what could not be expressed, each at its place in the files; the rules themselves
 *     stand in the specification as comments
 * @param notes what is added to rules, or different around them
 */
public record Imported(String spec, int rules, List<Problem> left, List<String> notes) {
  public Imported {
    left = List.copyOf(left);
    notes = List.copyOf(notes);
  }
}
