package dev.tidemark.rules.dashboard;

/** Makes one dashboard. */
interface Board {
  /** The file, without its ending. */
  String file();

  Dashboard of(Fleet fleet);
}
