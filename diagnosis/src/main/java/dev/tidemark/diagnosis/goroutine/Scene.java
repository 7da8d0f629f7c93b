package dev.tidemark.diagnosis.goroutine;

import java.util.List;

/**
 * What a group is judged against: the whole dump and the dumps of better times, oldest first.
 *
 * @param counted whether the dump tells no ages
 */
record Scene(long goroutines, boolean counted, List<BaselineCounts> baselines) {
  static Scene of(GoroutineDump dump, List<GoroutineDump> baselines) {
    return new Scene(
        dump.goroutines(),
        dump.form() == GoroutineDump.Form.COUNTS,
        baselines.stream().map(BaselineCounts::of).toList());
  }

  /** Whether a group is large: at least {@code least} goroutines and that part of all. */
  boolean isPile(StackGroup group, long least, double share) {
    return group.count() >= least && group.count() >= share * goroutines;
  }

  /** {@code 80 % of all}. */
  String share(StackGroup group) {
    return Math.round(100.0 * group.count() / Math.max(goroutines, 1)) + " % of all";
  }
}
