package dev.tidemark.e2e.corpus.data;

import java.util.List;

/**
 * What {@code labels.json} holds.
 *
 * @param format of the files; changes when readers have to
 * @param factor how many seconds of the corpus a real second stands for
 * @param begin epoch seconds of the corpus; a Wednesday at midnight, UTC
 * @param days how long each part is
 * @param intervalSeconds of the corpus between two scrapes
 * @param scrapesMissed the share of scrapes that the recording machine was too busy for
 * @param made with what and when, for people
 */
public record Recording(
    int format,
    double factor,
    long begin,
    double days,
    double intervalSeconds,
    double scrapesMissed,
    String made,
    List<Target> targets) {
  public static final int FORMAT = 1;

  public Recording {
    targets = List.copyOf(targets);
  }

  /** Those of one part. */
  public List<Target> of(Part part) {
    return targets.stream().filter(target -> target.part() == part).toList();
  }

  /** Until when judges only learn: a seventh of the whole, so a day of a week. Epoch seconds. */
  public double learnt() {
    return begin + days * 86_400 / 7;
  }

  /** Epoch seconds of the corpus at which a part ends. */
  public double end() {
    return begin + days * 86_400;
  }
}
