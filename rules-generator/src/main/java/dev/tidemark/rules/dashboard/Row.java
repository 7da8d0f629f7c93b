package dev.tidemark.rules.dashboard;

import java.util.List;

/** Panels below a heading, from left to right, as many a line as fit. */
record Row(String title, List<Panel> panels) {
  Row {
    panels = List.copyOf(panels);
  }

  static Row of(String title, Panel... panels) {
    return new Row(title, List.of(panels));
  }
}
