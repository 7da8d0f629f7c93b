package dev.tidemark.toolkit.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML that people write into records, and reports everything wrong with it at once.
 *
 * <p>A mapping becomes a record: a key for each component, required unless the component is {@code
 * Nullable} (absent: null) or has a {@link Default}. A key with nothing after it counts as absent.
 * Unknown and duplicate keys, aliases, merge keys, tags, several documents, TABs and wrong types
 * are problems. Booleans are {@code true} and {@code false} only (YAML 1.2). A text takes numbers
 * as they are written.
 *
 * <p>Types: {@code String int long double boolean} and their boxes, enums in kebab-case (or by
 * {@link Key}), {@code Duration}, {@code ByteSize}, {@code Secret}, {@code URI} (absolute), {@code
 * Path} (relative to the file's folder), {@code List}, {@code Map<String, T>} (order kept),
 * records, {@link Placed}, {@code JsonNode} for free form, and any class with {@code public static
 * T parse(String)}.
 *
 * <p>An IllegalArgumentException of a record's constructor becomes a problem at the record's place,
 * or at the value of {@code key} when its message starts with {@code "key: "}; one of {@link
 * Refusals} several.
 */
public final class StrictYaml {
  private StrictYaml() {}

  /** Reads a file; one that is missing, unreadable, empty or above 3 MiB is a problem too. */
  public static <T> T read(Path file, Class<T> type) throws ProblemsException {
    return bind(file.toString(), TextSource.read(file), file.toAbsolutePath().getParent(), type);
  }

  /** Reads a text; {@code fileName} is for messages and the folder of relative paths. */
  public static <T> T read(String fileName, String text, Class<T> type) throws ProblemsException {
    TextSource.check(fileName, text);
    return bind(fileName, text, TextSource.folder(fileName), type);
  }

  /**
   * As much of a text as is right, so that it can be judged beside what is wrong: of lists of
   * records those that could be read, and defaults or null where a key of the outermost record
   * could not.
   *
   * @param problems everything that is wrong is added here
   * @return empty where nothing could be read
   */
  public static <T> Optional<T> readWhatIsRight(
      String fileName, String text, Class<T> type, List<Problem> problems) {
    Problems found = new Problems(fileName);
    Optional<T> read = Optional.empty();
    try {
      TextSource.check(fileName, text);
      Tree tree = TreeReader.read(text, found);
      Object bound =
          new Binder(found, TextSource.folder(fileName), /* lenient= */ true).outermost(tree, type);
      read = bound == Binder.FAILED ? Optional.empty() : Optional.of(type.cast(bound));
      found.throwIfAny();
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
    }
    return read;
  }

  /** A record of which nothing was said: all its defaults, placed where they could be said. */
  public static <T> T defaults(Place place, Class<T> type) throws ProblemsException {
    Problems problems = new Problems(place.file());
    Object bound = new Binder(problems, null).bind(new Tree.Mapping(place, List.of()), type);
    problems.throwIfAny();
    return type.cast(bound);
  }

  private static <T> T bind(String file, String text, @Nullable Path folder, Class<T> type)
      throws ProblemsException {
    Problems problems = new Problems(file);
    Tree tree = TreeReader.read(text, problems);
    Object bound = new Binder(problems, folder).bind(tree, type);
    problems.throwIfAny();
    return type.cast(bound);
  }
}
