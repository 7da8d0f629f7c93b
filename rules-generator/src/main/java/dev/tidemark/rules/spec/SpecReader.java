package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the texts of a specification and merges them, in the order given. */
public final class SpecReader {
  private static final String API_VERSION = "tidemark/v1";

  private final List<Problem> problems = new ArrayList<>();
  private final List<SpecFile> files = new ArrayList<>();

  /** Where what nobody said could be said. */
  private final Place nowhere;

  private SpecReader(Place nowhere) {
    this.nowhere = nowhere;
  }

  /** Throws every problem of every text at once. */
  public static Spec read(List<SpecText> texts) throws ProblemsException {
    SpecReader reader =
        new SpecReader(Place.wholeFile(texts.isEmpty() ? "specification" : texts.get(0).file()));
    for (SpecText text : texts) {
      reader.add(text);
    }
    Spec spec = reader.problems.isEmpty() ? reader.merged() : null;
    if (spec == null || !reader.problems.isEmpty()) {
      throw new ProblemsException(reader.problems);
    }
    return spec;
  }

  private void add(SpecText text) {
    try {
      SpecFile file = StrictYaml.read(text.file(), text.text(), SpecFile.class);
      if (!file.apiVersion().value().equals(API_VERSION)) {
        problems.add(
            file.apiVersion()
                .problem(
                    "found " + Shown.text(file.apiVersion().value()) + ", needs " + API_VERSION));
      }
      files.add(file);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
    }
  }

  private Spec merged() throws ProblemsException {
    return new Spec(
        one("target", SpecFile::target, TargetSpec.class),
        one("defaults", SpecFile::defaults, DefaultsSpec.class),
        one("routing", SpecFile::routing, RoutingSpec.class),
        all(SpecFile::teams),
        all(SpecFile::receivers),
        all(SpecFile::services),
        all(SpecFile::inhibit),
        one("dashboards", SpecFile::dashboards, DashboardsSpec.class),
        only("policy", SpecFile::policy));
  }

  private <T> List<T> all(Function<SpecFile, List<T>> part) {
    return files.stream().map(part).flatMap(List::stream).toList();
  }

  private <T> T one(String key, Function<SpecFile, @Nullable Placed<T>> part, Class<T> type)
      throws ProblemsException {
    T said = only(key, part);
    return said != null ? said : StrictYaml.defaults(nowhere, type);
  }

  private <T> @Nullable T only(String key, Function<SpecFile, @Nullable Placed<T>> part) {
    Placed<T> first = null;
    for (SpecFile file : files) {
      Placed<T> said = part.apply(file);
      if (said != null && first != null) {
        problems.add(said.problem(key + " is said already at " + first.place()));
      }
      first = first == null ? said : first;
    }
    return first == null ? null : first.value();
  }
}
