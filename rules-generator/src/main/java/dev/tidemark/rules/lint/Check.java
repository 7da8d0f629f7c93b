package dev.tidemark.rules.lint;

/** One thing that can be wrong with a rule. Stateless; a file each. */
interface Check {
  /** In kebab-case; what {@code # tidemark: allow} names. */
  String id();

  void look(Subject rule, Report report);
}
