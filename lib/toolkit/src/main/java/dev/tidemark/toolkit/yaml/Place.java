package dev.tidemark.toolkit.yaml;

/**
 * A place in a file people write. Lines and columns count from 1; line 0 means the whole file. A
 * record component of this type is filled with the place of the record itself and is no key.
 */
public record Place(String file, int line, int column) implements Comparable<Place> {
  public static Place wholeFile(String file) {
    return new Place(file, 0, 0);
  }

  @Override
  public int compareTo(Place other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile == 0 ? Integer.compare(line, other.line) : byFile;
    return byLine == 0 ? Integer.compare(column, other.column) : byLine;
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
