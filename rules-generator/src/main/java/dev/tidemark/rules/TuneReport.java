package dev.tidemark.rules;

import dev.tidemark.rules.history.Episode;
import dev.tidemark.rules.tune.Mattered;
import dev.tidemark.rules.tune.Outcome;
import dev.tidemark.rules.tune.Parts;
import dev.tidemark.rules.tune.Tuned;
import dev.tidemark.toolkit.config.PromDuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What tuning found, for people and for programs. */
record TuneReport(Parts parts, List<Outcome> outcomes, List<String> notes) {
  /** The outcome as JSON. */
  private record Document(
      String from,
      String cut,
      String to,
      List<Budget> budgets,
      List<String> notes,
      TuneWriting.Result written) {}

  private record Budget(
      String name,
      String budget,
      Outcome.Use learnt,
      Outcome.Use heldOut,
      Outcome.Use whole,
      boolean holds,
      @Nullable String unchanged,
      List<Alert> alerts) {}

  private record Alert(
      String alert,
      String severity,
      boolean changed,
      Map<String, String> before,
      Map<String, String> after,
      int tried,
      Counts learnt,
      Counts heldOut,
      List<Sight> mattered,
      List<String> partialHistory,
      boolean noData,
      @Nullable String refused,
      @Nullable String failed) {}

  private record Counts(int episodesBefore, int episodesAfter) {}

  /**
   * @param lateSeconds null where it is not seen any more, or too late
   */
  private record Sight(
      String from,
      String to,
      Map<String, String> labels,
      String why,
      boolean heldOut,
      @Nullable Double lateSeconds) {}

  /** Whether all alerts could be replayed, and some of each budget had data. */
  boolean isWhole() {
    return outcomes.stream().noneMatch(TuneReport::isBlind)
        && outcomes.stream()
            .flatMap(outcome -> outcome.alerts().stream())
            .allMatch(alert -> alert.subject().before().failed().isEmpty());
  }

  private static boolean isBlind(Outcome outcome) {
    return outcome.alerts().stream().allMatch(alert -> alert.subject().before().blind());
  }

  Object document(TuneWriting.Result written) {
    return new Document(
        parts.from().toString(),
        parts.cut().toString(),
        parts.to().toString(),
        outcomes.stream().map(this::budget).toList(),
        notes,
        written);
  }

  private Budget budget(Outcome outcome) {
    return new Budget(
        outcome.pool().name(),
        outcome.pool().budget().toString(),
        outcome.learnt(),
        outcome.heldOut(),
        outcome.whole(),
        outcome.holds(),
        unchanged(outcome).orElse(null),
        outcome.alerts().stream().map(this::alert).toList());
  }

  private Alert alert(Tuned tuned) {
    return new Alert(
        tuned.subject().before().name(),
        tuned.subject().before().label("severity"),
        tuned.isChanged(),
        before(tuned),
        tuned.values().said(),
        tuned.tried(),
        counts(parts.learnt(was(tuned)), parts.learnt(tuned.episodes())),
        counts(parts.heldOut(was(tuned)), parts.heldOut(tuned.episodes())),
        tuned.subject().mattered().stream().map(m -> sight(m, tuned)).toList(),
        tuned.subject().before().notes(),
        tuned.subject().before().blind(),
        tuned.refused().orElse(null),
        tuned.subject().before().failed().orElse(null));
  }

  private static Map<String, String> before(Tuned tuned) {
    Map<String, String> before = new TreeMap<>();
    tuned.values().said().keySet().forEach(name -> before.put(name, tuned.subject().present(name)));
    return before;
  }

  private static List<Episode> was(Tuned tuned) {
    return tuned.subject().before().episodes();
  }

  private static Counts counts(List<Episode> before, List<Episode> after) {
    return new Counts(before.size(), after.size());
  }

  private Sight sight(Mattered m, Tuned tuned) {
    Optional<Duration> late = m.late(tuned.episodes());
    return new Sight(
        m.episode().from().toString(),
        m.episode().to().toString(),
        m.episode().labels(),
        m.why(),
        !parts.isLearnt(m.episode()),
        late.map(d -> d.toMillis() / 1000.0).orElse(null));
  }

  void tell(TuneWriting.Result written, PrintWriter out) {
    out.println(
        "learnt from %s to %s, held out from there to %s"
            .formatted(parts.from(), parts.cut(), parts.to()));
    for (Outcome outcome : outcomes) {
      outcome.alerts().forEach(tuned -> tell(tuned, out));
      out.println(
          "%s: %s, %s: %s; learnt from %s; held out %s"
              .formatted(
                  outcome.holds() ? "budget holds" : "over budget",
                  outcome.pool().name(),
                  outcome.pool().budget(),
                  words(outcome.whole()),
                  words(outcome.learnt()),
                  words(outcome.heldOut())));
      unchanged(outcome).ifPresent(why -> out.println("  nothing is proposed: " + why));
    }
    notes.forEach(note -> out.println("note: " + note));
    for (TuneWriting.Snippet snippet : written.snippets()) {
      out.println("at " + snippet.place() + " (" + snippet.alert() + "): " + snippet.yaml());
    }
    written.files().forEach(file -> out.println("written  " + file));
    written.refused().forEach(out::println);
  }

  /** Why all stays as it is; empty where something changes, or why not is told at the alert. */
  private static Optional<String> unchanged(Outcome outcome) {
    if (outcome.isChanged() || (!outcome.holds() && !outcome.learnt().holds())) {
      return Optional.empty();
    }
    if (!outcome.holds()) {
      return Optional.of(
          "the budget holds on the part learnt from, and nothing is chosen by the part held out;"
              + " take a longer --history, or a larger --train");
    }
    if (isBlind(outcome)) {
      return Optional.of(
          "the server has no data of what these alerts read in all that time; is it within its"
              + " retention, and were the targets scraped then?");
    }
    boolean silent = outcome.whole().before() == 0;
    boolean partial =
        outcome.alerts().stream().anyMatch(tuned -> !tuned.subject().before().notes().isEmpty());
    return Optional.of(
        silent
            ? "no alert of this budget would have fired in all that time"
                + (partial ? ", of which the history lacks what is told above" : "")
                + ": it says nothing of how loud they may become"
            : "people would have been told no more often than they can bear");
  }

  private void tell(Tuned tuned, PrintWriter out) {
    String name =
        tuned.subject().before().name() + " (" + tuned.subject().before().label("severity") + "): ";
    if (tuned.subject().before().failed().isPresent()) {
      out.println(name + "could not be replayed: " + tuned.subject().before().failed().get());
      return;
    }
    if (tuned.subject().before().blind()) {
      out.println(name + "no data");
      return;
    }
    out.println(name + (tuned.isChanged() ? changes(tuned) : "stays") + "; " + episodes(tuned));
    if (tuned.isChanged()) {
      out.println(
          "  why: it was the loudest; of "
              + tuned.tried()
              + " other values this changes least of those that are quieter and see what mattered"
              + (tuned.episodes().isEmpty() ? "; it would have been silent" : ""));
    }
    tuned.refused().ifPresent(why -> out.println("  refused: " + why));
    for (Mattered m : tuned.subject().mattered()) {
      String part = parts.isLearnt(m.episode()) ? "" : " (held out)";
      String seen =
          m.late(tuned.episodes())
              .map(late -> late.isZero() ? "seen as before" : "seen " + words(late) + " later")
              .orElse("NO LONGER SEEN in time");
      if (tuned.isChanged()) {
        out.println(
            "  %s: %s %s, %s%s".formatted(seen, m.episode().from(), own(m, tuned), m.why(), part));
      }
    }
    tuned.subject().before().notes().forEach(n -> out.println("  partial history: " + n));
  }

  private static Map<String, String> own(Mattered m, Tuned tuned) {
    Map<String, String> own = new TreeMap<>(m.episode().labels());
    own.keySet().removeAll(tuned.subject().before().rule().labels().keySet());
    own.remove("alertname");
    return own;
  }

  private String episodes(Tuned tuned) {
    Counts learnt = counts(parts.learnt(was(tuned)), parts.learnt(tuned.episodes()));
    Counts held = counts(parts.heldOut(was(tuned)), parts.heldOut(tuned.episodes()));
    return tuned.isChanged()
        ? "episodes %d -> %d, held out %d -> %d"
            .formatted(
                learnt.episodesBefore(),
                learnt.episodesAfter(),
                held.episodesBefore(),
                held.episodesAfter())
        : "episodes %d, held out %d".formatted(learnt.episodesBefore(), held.episodesBefore());
  }

  private static String changes(Tuned tuned) {
    StringBuilder text = new StringBuilder();
    tuned
        .values()
        .said()
        .forEach(
            (name, value) ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(name)
                    .append(' ')
                    .append(tuned.subject().present(name))
                    .append(" -> ")
                    .append(value));
    return text.toString();
  }

  private static String words(Outcome.Use use) {
    return "told %d -> %d times, allowed are %d"
        .formatted(use.before(), use.after(), use.allowed());
  }

  private static String words(Duration duration) {
    return PromDuration.format(duration.truncatedTo(ChronoUnit.SECONDS));
  }
}
