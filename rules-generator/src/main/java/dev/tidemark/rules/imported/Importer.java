package dev.tidemark.rules.imported;

import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.type.Release;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.model.Feature;
import dev.tidemark.rules.rule.FragmentPlace;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Place;
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
import java.util.stream.Stream;

/**
 * Imports rules. A rule that the specification cannot express is told and stands in it as a
 * comment; the rest is generated, found again and compared before anybody sees it.
 */
public final class Importer {
  /** What groups that say no interval have: the default of a server. */
  static final Duration UNSAID = Duration.ofMinutes(1);

  /** A specification takes no slower one for all groups. */
  private static final Duration SLOWEST = Duration.ofMinutes(5);

  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info", "none");

  /** Each time at least one rule is left out, and nearly always all of them at once. */
  private static final int MOST_ROUNDS = 100;

  /** The first with {@code query_offset}. */
  private static final Release OFFSETS = Release.parse(Feature.QUERY_OFFSET.since().toString());

  private static final List<String> RELEASES =
      List.of("2.42", "2.48", "2.53", "3.0", "3.5", "3.15");

  /** What a specification generates: rules as they are written, found again. */
  @FunctionalInterface
  public interface Generates {
    List<FoundFile> rules(SpecText spec) throws ProblemsException;
  }

  private final Generates generator;
  private final IdentityHashMap<FoundRule, Problem> left = new IdentityHashMap<>();
  private final List<Problem> told = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private final List<SpecText> texts;
  private final Comments comments;

  private Importer(Generates generator, List<SpecText> texts) {
    this.generator = generator;
    this.texts = texts;
    this.comments = new Comments(texts);
  }

  /**
   * The specification of all rules of these files.
   *
   * @param texts of the files, to say where in an expression something is wrong
   * @param team of alerts that name none
   * @throws ProblemsException where something is wrong with the specification as a whole
   */
  public static Imported of(
      List<FoundFile> files, List<SpecText> texts, String team, Generates generator)
      throws ProblemsException {
    return new Importer(generator, texts).all(files, team);
  }

  private Imported all(List<FoundFile> files, String team) throws ProblemsException {
    Taken taken = new Taken(team);
    for (FoundFile file : files) {
      comments.add(file);
      told.addAll(file.problems());
      for (FoundGroup group : file.groups()) {
        told.addAll(GroupSays.unsaid(group));
        group.rules().forEach(rule -> taken.add(group, rule));
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
        (rule, why) ->
            told.add(new Problem(why.place(), rule.name().value() + ": " + why.message())));
    return new Imported(
        writer.text(), rules(files) - left.size(), told.stream().sorted().toList(), notes);
  }

  private static int rules(List<FoundFile> files) {
    return (int) files.stream().flatMap(FoundFile::rules).count();
  }

  private SpecWriter write(Taken taken, Duration interval, String release) {
    SpecWriter writer = new SpecWriter(release, interval, taken.teams(), comments);
    taken.services().forEach(service -> writer.service(service, left));
    return writer;
  }

  /** What the specification has no place for, whatever else it says. */
  private void rule(FoundRule rule) {
    Placed<String> severity = rule.labels().get("severity");
    if (rule.isAlert() && severity != null && !SEVERITIES.contains(severity.value())) {
      left.put(
          rule,
          severity.problem(
              "severity "
                  + Shown.text(severity.value())
                  + " cannot be expressed, needs critical, warning, info or none"));
    }
  }

  /** The interval most groups have. */
  private static Duration interval(List<FoundFile> files) {
    List<Duration> all =
        groups(files)
            .map(GroupSays::of)
            .map(says -> says.interval().orElse(UNSAID))
            .filter(interval -> interval.compareTo(SLOWEST) <= 0)
            .toList();
    return all.stream()
        .distinct()
        .max(Comparator.comparingLong(d -> all.stream().filter(d::equals).count()))
        .orElse(UNSAID);
  }

  private static Stream<FoundGroup> groups(List<FoundFile> files) {
    return files.stream().flatMap(file -> file.groups().stream());
  }

  /** The oldest release that has what groups say, and reads most expressions without a flag. */
  private static String release(List<FoundFile> files) {
    List<Parsed> parsed =
        files.stream()
            .flatMap(FoundFile::rules)
            .map(Importer::parsed)
            .flatMap(Optional::stream)
            .toList();
    boolean offsets =
        groups(files).map(GroupSays::of).anyMatch(says -> says.queryOffset().isPresent());
    String best = "";
    long most = -1;
    for (String release : RELEASES) {
      if (offsets && Release.parse(release).compareTo(OFFSETS) < 0) {
        continue;
      }
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
      for (SpecWriter.Part part : writer.parts(problem)) {
        left.merge(
            part.rule(),
            new Problem(place(part, problem.message()), problem.message()),
            (a, b) -> new Problem(a.place(), a.message() + "; " + b.message()));
        some = true;
      }
    }
    if (!some) {
      throw problems;
    }
  }

  /** Of what is wrong with an expression the character, else where the part begins. */
  private Place place(SpecWriter.Part part, String message) {
    Placed<String> expr = part.rule().expr();
    if (!part.said().equals(expr)) {
      return part.said().place();
    }
    int offset = 0;
    try {
      Parsed parsed = PromQlParser.read(expr.value());
      for (String release : RELEASES) {
        offset =
            parsed.lacking(Release.parse(release), Set.of()).stream()
                .filter(lack -> message.endsWith(lack.reason()))
                .mapToInt(lack -> lack.use().offset())
                .findFirst()
                .orElse(offset);
      }
    } catch (ParseException e) {
      offset = e.offset();
    }
    return offset == 0 ? expr.place() : FragmentPlace.of(expr, offset, texts);
  }

  /** Whether some rule came back different, which is left out then. */
  private boolean leaveDifferent(Taken taken, List<FoundFile> generated) {
    boolean some = false;
    int severities = 0;
    for (Taken.Service service : taken.services()) {
      List<FoundGroup> groups =
          groups(generated).filter(group -> isOf(service, group.name().value())).toList();
      boolean alike = groups.stream().map(GroupSays::of).allMatch(service::isKeptBy);
      List<FoundRule> rest = new ArrayList<>();
      groups.forEach(group -> rest.addAll(group.rules()));
      for (FoundRule rule : service.rules()) {
        if (left.containsKey(rule)) {
          continue;
        }
        Optional<FoundRule> same =
            rest.stream().filter(found -> SameRule.difference(rule, found).isEmpty()).findFirst();
        if (same.isPresent() && alike) {
          rest.remove(same.get());
          severities += rule.isAlert() && !rule.labels().containsKey("severity") ? 1 : 0;
        } else {
          left.put(rule, different(rule, service, groups, rest));
          some = true;
        }
      }
    }
    notes(taken, severities);
    return some;
  }

  /** What became of a rule that did not come back. */
  private static Problem different(
      FoundRule rule, Taken.Service service, List<FoundGroup> groups, List<FoundRule> rest) {
    Optional<Problem> difference =
        rest.stream()
            .filter(found -> SameRule.isOfOneName(rule, found))
            .flatMap(found -> SameRule.difference(rule, found).stream())
            .findFirst();
    return difference.orElseGet(
        () ->
            new Problem(
                rule.place(),
                "would not mean the same: "
                    + groups.stream()
                        .map(GroupSays::of)
                        .filter(made -> !service.isKeptBy(made))
                        .findFirst()
                        .map(
                            made ->
                                "its group would say "
                                    + said(made)
                                    + " instead of "
                                    + said(service.says()))
                        .orElse("no such rule would be written")));
  }

  private static String said(GroupSays says) {
    return says.text(UNSAID, Duration.ZERO).orElse("nothing");
  }

  private static boolean isOf(Taken.Service service, String group) {
    String name = service.team() + "/" + service.name();
    return group.equals(name) || group.startsWith(name + "/");
  }

  private void notes(Taken taken, int severities) {
    notes.clear();
    notes.add("alerts have the labels team and workload beside their own");
    if (severities > 0) {
      notes.add(severities + " alerts without a severity have warning now");
    }
    long unsaid = taken.services().stream().filter(s -> s.says().interval().isEmpty()).count();
    if (unsaid > 0) {
      notes.add(
          unsaid
              + " groups without an interval are evaluated every "
              + PromDuration.format(UNSAID)
              + " now, whatever evaluation_interval the server has");
    }
  }
}
