package dev.tidemark.rules.imported;

import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.type.Release;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Imports rules. A rule that the specification cannot express is told and stands in it as a
 * comment; the rest is generated, found again and compared before anybody sees it.
 */
public final class Importer {
  private static final Duration USUAL = Duration.ofMinutes(1);
  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info", "none");

  /** Each time at least one rule is left out, and nearly always all of them at once. */
  private static final int MOST_ROUNDS = 100;

  private static final List<String> RELEASES =
      List.of("2.42", "2.48", "2.53", "3.0", "3.5", "3.15");

  /** What a specification generates: rules as they are written, found again. */
  @FunctionalInterface
  public interface Generates {
    List<FoundFile> rules(SpecText spec) throws ProblemsException;
  }

  private final Generates generator;
  private final IdentityHashMap<FoundRule, String> left = new IdentityHashMap<>();
  private final List<Problem> told = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Importer(Generates generator) {
    this.generator = generator;
  }

  /**
   * The specification of all rules of these files.
   *
   * @param team of alerts that name none
   * @throws ProblemsException where something is wrong with the specification as a whole
   */
  public static Imported of(List<FoundFile> files, String team, Generates generator)
      throws ProblemsException {
    return new Importer(generator).all(files, team);
  }

  private Imported all(List<FoundFile> files, String team) throws ProblemsException {
    Taken taken = new Taken(team);
    for (FoundFile file : files) {
      told.addAll(file.problems());
      for (FoundGroup group : file.groups()) {
        group(group);
        group.rules().forEach(rule -> taken.add(group.name().value(), rule));
      }
    }
    files.stream().flatMap(FoundFile::rules).forEach(this::rule);
    Duration interval = interval(files);
    String release = release(files);
    SpecWriter writer = write(taken, interval, release);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      try {
        List<FoundFile> generated =
            left.size() == rules(files)
                ? List.of()
                : generator.rules(new SpecText("specification", writer.text()));
        if (!leaveDifferent(taken, generated)) {
          break;
        }
      } catch (ProblemsException e) {
        leave(e, writer);
      }
      writer = write(taken, interval, release);
    }
    left.forEach(
        (rule, why) -> told.add(new Problem(rule.place(), rule.name().value() + ": " + why)));
    return new Imported(
        writer.text(), rules(files) - left.size(), told.stream().sorted().toList(), notes);
  }

  private static int rules(List<FoundFile> files) {
    return (int) files.stream().flatMap(FoundFile::rules).count();
  }

  private SpecWriter write(Taken taken, Duration interval, String release) {
    SpecWriter writer = new SpecWriter(release, PromDuration.format(interval), taken.teams());
    taken.services().forEach(service -> writer.service(service, left));
    return writer;
  }

  private void group(FoundGroup group) {
    group
        .others()
        .forEach(
            (key, value) ->
                told.add(
                    new Problem(
                        value.place(),
                        "the group's " + key + " cannot be expressed; its rules are taken over")));
  }

  /** What the specification has no place for, whatever else it says. */
  private void rule(FoundRule rule) {
    Placed<String> severity = rule.labels().get("severity");
    if (rule.isAlert() && severity != null && !SEVERITIES.contains(severity.value())) {
      left.put(
          rule,
          "severity "
              + Shown.text(severity.value())
              + " cannot be expressed, needs critical, warning, info or none");
    }
  }

  /** The interval most groups have, the others are told. */
  private Duration interval(List<FoundFile> files) {
    List<FoundGroup> groups = files.stream().flatMap(file -> file.groups().stream()).toList();
    List<Duration> all = groups.stream().map(Importer::interval).toList();
    Duration usual =
        all.stream()
            .distinct()
            .max(Comparator.comparingLong(d -> all.stream().filter(d::equals).count()))
            .orElse(USUAL);
    for (FoundGroup group : groups) {
      if (!interval(group).equals(usual)) {
        told.add(
            group
                .name()
                .problem(
                    "the group's interval "
                        + PromDuration.format(interval(group))
                        + " cannot be expressed: a specification has one, "
                        + PromDuration.format(usual)
                        + " here; its rules are taken over"));
      }
    }
    return usual;
  }

  private static Duration interval(FoundGroup group) {
    return group.interval().map(Placed::value).filter(d -> !d.isZero()).orElse(USUAL);
  }

  /** The oldest release that reads all expressions that any reads without a flag. */
  private String release(List<FoundFile> files) {
    List<Parsed> parsed =
        files.stream()
            .flatMap(FoundFile::rules)
            .map(Importer::parsed)
            .flatMap(Optional::stream)
            .toList();
    String best = RELEASES.get(0);
    long most = -1;
    for (String release : RELEASES) {
      long reads =
          parsed.stream()
              .filter(p -> p.lacking(Release.parse(release), Set.of()).isEmpty())
              .count();
      if (reads > most) {
        most = reads;
        best = release;
      }
    }
    return best;
  }

  private static Optional<Parsed> parsed(FoundRule rule) {
    try {
      return Optional.of(PromQlParser.read(rule.expr().value()));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  private void leave(ProblemsException problems, SpecWriter writer) throws ProblemsException {
    boolean some = false;
    for (Problem problem : problems.problems()) {
      Optional<FoundRule> rule = writer.rule(problem);
      if (rule.isPresent()) {
        left.merge(rule.get(), problem.message(), (a, b) -> a + "; " + b);
        some = true;
      }
    }
    if (!some) {
      throw problems;
    }
  }

  /** Whether some rule came back different, which is left out then. */
  private boolean leaveDifferent(Taken taken, List<FoundFile> generated) {
    boolean some = false;
    int severities = 0;
    for (Taken.Service service : taken.services()) {
      List<FoundRule> rest = new ArrayList<>();
      generated.stream()
          .flatMap(file -> file.groups().stream())
          .filter(
              group ->
                  group.name().value().equals(service.team() + "/" + service.name())
                      || group
                          .name()
                          .value()
                          .startsWith(service.team() + "/" + service.name() + "/"))
          .forEach(group -> rest.addAll(group.rules()));
      for (FoundRule rule : service.rules()) {
        if (left.containsKey(rule)) {
          continue;
        }
        Optional<FoundRule> same =
            rest.stream().filter(found -> SameRule.difference(rule, found).isEmpty()).findFirst();
        if (same.isPresent()) {
          rest.remove(same.get());
          severities += rule.isAlert() && !rule.labels().containsKey("severity") ? 1 : 0;
        } else {
          left.put(rule, "would not mean the same");
          some = true;
        }
      }
    }
    notes.clear();
    notes.add("alerts have the labels team and workload beside their own");
    if (severities > 0) {
      notes.add(severities + " alerts without a severity have warning now");
    }
    return some;
  }
}
