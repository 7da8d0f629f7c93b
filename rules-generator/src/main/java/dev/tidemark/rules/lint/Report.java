package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.toolkit.yaml.Place;
import java.util.ArrayList;
import java.util.List;

/** Where a check writes what it found about one rule. */
final class Report {
  private final String id;
  private final Subject subject;
  private final List<Finding> findings = new ArrayList<>();

  Report(Check check, Subject subject) {
    this.id = check.id();
    this.subject = subject;
  }

  /** At a piece of the expression. */
  void add(Level level, Expr at, String message, String right) {
    findings.add(
        new Finding(
            id,
            level,
            subject.place(at),
            subject.length(at),
            subject.rule().name().value(),
            message,
            right));
  }

  /** At any other place of the rule. */
  void add(Level level, Place at, String message, String right) {
    findings.add(new Finding(id, level, at, 0, subject.rule().name().value(), message, right));
  }

  List<Finding> findings() {
    return findings;
  }
}
