package dev.tidemark.promql.type;

/** What an expression evaluates to. */
public enum ValueType {
  SCALAR("scalar"),
  VECTOR("instant vector"),
  MATRIX("range vector"),
  STRING("string");

  private final String text;

  ValueType(String text) {
    this.text = text;
  }

  /** As Prometheus' messages call it. */
  public String text() {
    return text;
  }
}
