package dev.tidemark.diagnosis.goroutine;

/** What a blocked group may hope for; from the worst on. */
enum Prospect {
  /** Nobody in the dump that can go on has anything to do with it, and who started it is gone. */
  NONE,
  /** Nobody that can go on has anything to do with it, but for the main goroutine, perhaps. */
  UNLIKELY,
  /** Somebody that can go on shares an object, its beginning or its code with it. */
  LIKELY
}
