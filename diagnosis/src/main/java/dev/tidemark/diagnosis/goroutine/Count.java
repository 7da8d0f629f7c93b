package dev.tidemark.diagnosis.goroutine;

/** Numbers in the sentences of reasons. */
final class Count {
  private Count() {}

  /** {@code 1000 goroutines}. */
  static String of(StackGroup group) {
    return group.count() == 1 ? "1 goroutine" : group.count() + " goroutines";
  }

  /** {@code , the oldest for 61 min}, or nothing when no age is known. */
  static String oldest(StackGroup group) {
    if (group.oldest() == 0) {
      return "";
    }
    return (group.count() == 1 ? ", for " : ", the oldest for ") + group.oldest() + " min";
  }
}
