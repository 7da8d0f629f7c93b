package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the texts of a specification and merges them, in the order given. */
public final class SpecReader {
  private static final String API_VERSION = "tidemark/v1";

  /** What is wrong with a rule file that is given as a specification. */
  private static final List<String> RULES =
      List.of("missing key apiVersion", "unknown key \"groups\"");

  /** What in these cannot be read names nothing that others ask for. */
  private static final Set<String> NAMELESS =
      Set.of(
          "services",
          "inhibit",
          "defaults",
          "target",
          "routing",
          "dashboards",
          "kubernetes",
          "policy");

  private static final Pattern KEY = Pattern.compile("([A-Za-z]{1,40}) *:");

  private final List<Problem> problems = new ArrayList<>();
  private final List<SpecFile> files = new ArrayList<>();
  private boolean isWhole = true;
  private boolean knowsNames = true;

  /** Where what nobody said could be said. */
  private final Place nowhere;

  private SpecReader(Place nowhere) {
    this.nowhere = nowhere;
  }

  /** Throws every problem of every text at once. */
  public static Spec read(List<SpecText> texts) throws ProblemsException {
    List<Problem> problems = new ArrayList<>();
    Optional<Spec> spec = readWhatIsRight(texts, problems);
    if (spec.isEmpty() || !problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return spec.get();
  }

  /**
   * As much as can be read, so that what is wrong with the meaning is told beside what is wrong
   * with the form.
   *
   * @param problems all that is wrong is added here
   * @return empty where nothing could be read
   */
  public static Optional<Spec> readWhatIsRight(List<SpecText> texts, List<Problem> problems)
      throws ProblemsException {
    SpecReader reader =
        new SpecReader(Place.wholeFile(texts.isEmpty() ? "specification" : texts.get(0).file()));
    for (SpecText text : texts) {
      reader.add(text);
    }
    Optional<Spec> spec = reader.files.isEmpty() ? Optional.empty() : Optional.of(reader.merged());
    problems.addAll(reader.problems);
    return spec;
  }

  private void add(SpecText text) {
    int before = problems.size();
    Optional<SpecFile> read =
        StrictYaml.readWhatIsRight(text.file(), text.text(), SpecFile.class, problems);
    isWhole &= problems.size() == before;
    knowsNames &=
        problems.stream()
            .skip(before)
            .allMatch(problem -> NAMELESS.contains(section(text.text(), problem.place().line())));
    if (RULES.stream()
        .allMatch(
            slip -> problems.stream().skip(before).anyMatch(p -> p.message().startsWith(slip)))) {
      problems.subList(before, problems.size()).clear();
      problems.add(
          new Problem(
              new Place(text.file(), 1, 1),
              "is a rule file and no specification: lint, cost and format take it without --spec,"
                  + " explain as --rules, and import makes a specification of it"));
    }
    read.ifPresent(
        file -> {
          String version = file.apiVersion().value();
          if (!version.equals(API_VERSION)) {
            problems.add(
                file.apiVersion()
                    .problem("found " + Shown.text(version) + ", needs " + API_VERSION));
          }
          files.add(file);
        });
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
        all(SpecFile::timeIntervals),
        one("dashboards", SpecFile::dashboards, DashboardsSpec.class),
        one("kubernetes", SpecFile::kubernetes, KubernetesSpec.class),
        only("policy", SpecFile::policy),
        isWhole,
        knowsNames);
  }

  /** The key without indentation that a line belongs to; empty where it is told otherwise. */
  private static String section(String text, int line) {
    return text.lines()
        .limit(line)
        .map(KEY::matcher)
        .filter(Matcher::lookingAt)
        .map(key -> key.group(1))
        .reduce("", (first, last) -> last);
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
