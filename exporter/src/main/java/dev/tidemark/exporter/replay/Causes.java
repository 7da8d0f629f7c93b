package dev.tidemark.exporter.replay;

import java.util.Optional;

/** Why rows were rejected, where most of them were: a file as a whole is not what was meant. */
final class Causes {
  /** Of five rows four. */
  private static final long MOST = 4;

  /** Today in seconds has 10 digits, in milliseconds 13, and so on. */
  private static final double MILLIS = 1e11;

  private static final double MICROS = 1e14;
  private static final double NANOS = 1e17;

  private long late;
  private long millis;
  private long micros;
  private long nanos;

  /** The series has a row of this time, or a later one. */
  void late() {
    late++;
  }

  /** A timestamp that is none. */
  void noTime(byte[] text, int from, int to) {
    double number = Decimals.parse(text, from, to);
    if (number >= NANOS) {
      nanos++;
    } else if (number >= MICROS) {
      micros++;
    } else if (number >= MILLIS) {
      millis++;
    }
  }

  /** What to do about it; empty where enough was judged, or nothing is in common. */
  Optional<String> hint(long judged, long rejected) {
    if (rejected < MOST * judged || rejected == 0) {
      return Optional.empty();
    }
    long most = rejected / 2;
    if (late > most) {
      return Optional.of(
          "hint: most rows are earlier than one before them of the same series; sort the file by its"
              + " timestamps");
    }
    return of(millis > most, "milliseconds", "1000")
        .or(() -> of(micros > most, "microseconds", "1000000"))
        .or(() -> of(nanos > most, "nanoseconds", "1000000000"));
  }

  private static Optional<String> of(boolean is, String unit, String by) {
    return is
        ? Optional.of(
            "hint: timestamps look like %s; seconds are needed, divide them by %s"
                .formatted(unit, by))
        : Optional.empty();
  }
}
