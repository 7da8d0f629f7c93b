package dev.tidemark.toolkit.launch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * A program of many commands. picocli reads all it is given by reflection, which takes longer than
 * most of them work; so where the first argument names one, it is given that one.
 */
public interface Verbs {
  /** Classes with {@link Command}, in the order people read them. */
  List<Class<?>> verbs();

  /** Those that picocli has to know for these arguments. */
  default List<Class<?>> of(String... args) {
    List<Class<?>> named =
        verbs().stream()
            .filter(
                verb -> args.length > 0 && verb.getAnnotation(Command.class).name().equals(args[0]))
            .toList();
    return named.isEmpty() ? verbs() : named;
  }

  /**
   * The command that these arguments ask for where that can be said without picocli; empty where
   * there is any doubt.
   */
  default Optional<Callable<Integer>> plain(List<String> arguments) {
    return Optional.empty();
  }
}
