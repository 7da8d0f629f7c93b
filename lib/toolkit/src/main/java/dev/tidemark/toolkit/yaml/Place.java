package dev.tidemark.toolkit.yaml;

import java.util.Comparator;

/**
 * A place in a file people write. Lines and columns count from 1; line 0 means the whole file. A
 * record component of this type is filled with the place of the record itself and is no key.
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  public static Place wholeFile(String file) {
    return new Place(file, 0, 0);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
