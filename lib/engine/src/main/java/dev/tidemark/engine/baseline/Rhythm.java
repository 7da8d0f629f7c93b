package dev.tidemark.engine.baseline;

/** What may repeat, and how sure one must be of it. */
enum Rhythm {
  DAY(24, 3, 5, 0.75, 0.6),

  /** Of what is chance the mean of two weeks explains half, and there are but seven days in one. */
  WEEK(7 * 24, 2, 3, 0.92, 0.8);

  private final int hours;
  private final int fewest;
  private final int many;
  private final double explainedByFew;
  private final double explained;

  Rhythm(int hours, int fewest, int many, double explainedByFew, double explained) {
    this.hours = hours;
    this.fewest = fewest;
    this.many = many;
    this.explainedByFew = explainedByFew;
    this.explained = explained;
  }

  /** How long it is. */
  int hours() {
    return hours;
  }

  /** How many periods must be known. */
  int fewest() {
    return fewest;
  }

  /** Hours of a period that must be known, so that its level means something: 20 of a day. */
  int fewestHours() {
    return hours * 5 / 6;
  }

  /**
   * Share of the variance that it explains, of what a shorter rhythm leaves; more while periods are
   * few.
   */
  double explains(int periods) {
    return periods < many ? explainedByFew : explained;
  }

  /**
   * How much further from it the next period lies than those it was made of: a mean of n is nearer
   * to its own n, by the root of (n − 1)/n. Days are many and left as they are.
   */
  double widens(int periods) {
    return this == DAY ? 1 : Math.sqrt(periods / (periods - 1.0));
  }
}
