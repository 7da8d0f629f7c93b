package dev.tidemark.rules.dashboard;

/**
 * A column of a table, in the order it stands.
 *
 * @param field a label, or {@code #A} for the value of the first target
 * @param unit of Grafana's list; empty: the panel's
 * @param scale words and colours for values
 * @param link where a click on a cell goes; empty: nowhere
 * @param sort how the table is sorted by it at first
 */
record Column(String field, String title, String unit, Scale scale, String link, Sort sort) {
  /** Which rows come first. */
  enum Sort {
    NONE,
    SMALLEST_FIRST,
    LARGEST_FIRST
  }

  static Column label(String label, String title) {
    return new Column(label, title, "", Scale.PLAIN, "", Sort.NONE);
  }

  static Column value(char target, String title, String unit) {
    return new Column("#" + target, title, unit, Scale.PLAIN, "", Sort.NONE);
  }

  Column in(Scale other) {
    return new Column(field, title, unit, other, link, sort);
  }

  Column to(String url) {
    return new Column(field, title, unit, scale, url, sort);
  }

  Column sorted(Sort other) {
    return new Column(field, title, unit, scale, link, other);
  }

  /** What Grafana calls it: a panel's only value has no letter. */
  String name(boolean only) {
    return !field.startsWith("#") ? field : only ? "Value" : "Value " + field;
  }
}
