package dev.tidemark.promql.ast;

/** What the {@code @} modifier names. */
public sealed interface At {

  /** A time in Unix milliseconds. */
  record Time(long millis) implements At {
    @Override
    public String toString() {
      long fraction = Math.abs(millis % 1000);
      String sign = millis < 0 && millis > -1000 ? "-" : "";
      String whole = sign + millis / 1000;
      return fraction == 0 ? whole : whole + String.format(".%03d", fraction);
    }
  }

  /** The start or the end of the query's range. */
  enum Bound implements At {
    START("start()"),
    END("end()");

    private final String text;

    Bound(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
