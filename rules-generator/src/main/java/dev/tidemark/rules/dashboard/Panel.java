package dev.tidemark.rules.dashboard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A panel.
 *
 * @param text what it tells, for whoever points at its title; of a note the note itself
 * @param unit of Grafana's list
 * @param width of 24 columns
 * @param height in rows of 30 pixels
 * @param columns of a table
 * @param empty what to say where there is no data
 * @param link where a click on a series goes; empty: nowhere
 */
record Panel(
    Kind kind,
    String title,
    String text,
    String unit,
    int width,
    int height,
    List<Target> targets,
    List<Column> columns,
    Scale scale,
    String empty,
    String link) {
  /** Panel types of Grafana. */
  enum Kind {
    LINES("timeseries"),
    NUMBER("stat"),
    TABLE("table"),
    STATES("state-timeline"),
    NOTE("text");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    String type() {
      return type;
    }

    /** Whether it shows the present only. */
    boolean isInstant() {
      return this == NUMBER || this == TABLE;
    }
  }

  Panel {
    targets = List.copyOf(targets);
    columns = List.copyOf(columns);
  }

  static Panel lines(String title, String unit, String text, Target... targets) {
    return of(Kind.LINES, title, unit, text, targets).size(12, 8);
  }

  static Panel number(String title, String unit, String text, Target target) {
    return of(Kind.NUMBER, title, unit, text, target).size(4, 4);
  }

  /** How a state went, a lane a series. */
  static Panel states(String title, String text, Scale scale, Target... targets) {
    return of(Kind.STATES, title, "short", text, targets).size(12, 6).scale(scale);
  }

  /** A row for each combination of labels; values of several targets stand side by side. */
  static Panel table(String title, String text, List<Target> targets, List<Column> columns) {
    return new Panel(
        Kind.TABLE, title, text, "short", 24, 9, targets, columns, Scale.PLAIN, "", "");
  }

  static Panel note(String title, String markdown) {
    return of(Kind.NOTE, title, "", markdown).size(24, 4);
  }

  private static Panel of(Kind kind, String title, String unit, String text, Target... targets) {
    List<Target> all = List.of(targets);
    return new Panel(kind, title, text, unit, 12, 8, all, List.of(), Scale.PLAIN, "", "");
  }

  Panel size(int w, int h) {
    return new Panel(kind, title, text, unit, w, h, targets, columns, scale, empty, link);
  }

  Panel scale(Scale other) {
    return new Panel(kind, title, text, unit, width, height, targets, columns, other, empty, link);
  }

  Panel empty(String words) {
    return new Panel(kind, title, text, unit, width, height, targets, columns, scale, words, link);
  }

  Panel to(String url) {
    return new Panel(kind, title, text, unit, width, height, targets, columns, scale, empty, url);
  }

  /** What has to be switched on for all of it to have data; empty where nothing has. */
  String needs() {
    return targets.stream()
        .map(Target::needs)
        .filter(needs -> !needs.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
