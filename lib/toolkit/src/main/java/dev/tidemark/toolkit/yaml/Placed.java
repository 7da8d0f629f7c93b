package dev.tidemark.toolkit.yaml;

/** A value together with its place, for problems found only after the whole file was read. */
public record Placed<T>(T value, Place place) {
  /** A problem with this value. */
  public Problem problem(String message) {
    return new Problem(place, message);
  }
}
