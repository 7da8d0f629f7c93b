package dev.tidemark.toolkit.yaml;

import java.util.List;

/** A YAML document as it was written: no alias, no tag, each node with its place. */
sealed interface Tree {
  Place place();

  /** The same, all of it at one place. */
  default Tree at(Place place) {
    if (this instanceof Scalar scalar) {
      return new Scalar(place, scalar.text(), scalar.plain());
    }
    if (this instanceof Sequence sequence) {
      return new Sequence(place, sequence.items().stream().map(item -> item.at(place)).toList());
    }
    if (this instanceof Mapping mapping) {
      List<Entry> entries =
          mapping.entries().stream()
              .map(
                  entry ->
                      new Entry(
                          new Scalar(place, entry.key().text(), entry.key().plain()),
                          entry.value().at(place)))
              .toList();
      return new Mapping(place, entries);
    }
    return new Broken(place);
  }

  /** A scalar; {@code plain} when written without quotes. */
  record Scalar(Place place, String text, boolean plain) implements Tree {}

  record Sequence(Place place, List<Tree> items) implements Tree {}

  /** Entries in the order of the file, each key once. */
  record Mapping(Place place, List<Entry> entries) implements Tree {}

  /** A value already reported as a problem; binding passes over it. */
  record Broken(Place place) implements Tree {}

  record Entry(Scalar key, Tree value) {}

  /** Whether nothing was written where a value could stand. */
  default boolean isNull() {
    return this instanceof Scalar scalar && ScalarKind.of(scalar) == ScalarKind.NULL;
  }

  /** What a message says was found. */
  default String shown() {
    if (this instanceof Scalar scalar) {
      return ScalarKind.of(scalar).shown(scalar.text());
    }
    return this instanceof Sequence ? "a list" : "a mapping";
  }
}
