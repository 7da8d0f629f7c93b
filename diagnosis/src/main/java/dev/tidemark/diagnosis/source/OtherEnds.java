package dev.tidemark.diagnosis.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lines that could end a wait, as far as names tell: fields are known by theirs everywhere, a
 * variable most likely where it stands. Where one of a kind is found, less likely kinds are not
 * told.
 */
final class OtherEnds {
  /** How far from where one waits a line is. */
  enum Near {
    FUNCTION(0),
    FILE(1),
    PACKAGE(2);

    private final int rank;

    Near(int rank) {
      this.rank = rank;
    }
  }

  private static final int SAME = 0;
  private static final int SAME_FIELD = 1;

  /** A field here and a variable there: one may have been given the other. */
  private static final int OTHER_KIND = 3;

  private record End(int rank, int number, SourceView.Place place) {}

  private final Set<String> made;
  private final Map<ChannelUse, List<End>> ends = new LinkedHashMap<>();
  private int number;

  /**
   * What ends waits.
   *
   * @param made variables that hold a channel made in the function where one waits
   */
  OtherEnds(List<ChannelUse> waits, Set<String> made) {
    this.made = made;
    waits.forEach(wait -> ends.put(wait, new ArrayList<>()));
  }

  void add(ChannelUse use, Near near, SourceView.Place place) {
    number++;
    ends.forEach(
        (wait, found) -> {
          if (use.ends(wait)) {
            found.add(new End(rank(wait, use, near), number, place));
          }
        });
  }

  private static int rank(ChannelUse wait, ChannelUse use, Near near) {
    if (wait.isField() != use.isField()) {
      return OTHER_KIND;
    }
    return wait.isField() ? wait.channel().equals(use.channel()) ? SAME : SAME_FIELD : near.rank;
  }

  /** The most likely ones first, else as they were added. */
  List<SourceView.Place> best(int most) {
    List<End> best = new ArrayList<>();
    ends.forEach(
        (wait, found) -> {
          int least = found.stream().mapToInt(End::rank).min().orElse(SAME);
          boolean local = made.contains(wait.channel()) && least == SAME;
          int worst = local ? SAME : Math.max(least, OTHER_KIND - 1);
          found.stream().filter(end -> end.rank() <= worst).forEach(best::add);
        });
    return best.stream()
        .sorted(Comparator.comparingInt(End::rank).thenComparingInt(End::number))
        .map(End::place)
        .distinct()
        .limit(most)
        .toList();
  }
}
