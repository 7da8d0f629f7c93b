package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.data.Recording;
import dev.tidemark.e2e.corpus.data.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tables as Markdown. */
final class Report {
  private static final String HEAD =
      """
      | judge | series a target | found | recall | precision | by half of the time | median lead | false | false a series-day | while learning |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  private final Recording recording;
  private final List<Target> targets;
  private final Map<String, Score.Span> spans;
  private final double learnt;
  private final StringBuilder text = new StringBuilder();

  Report(Recording recording, Part part, Map<String, Score.Span> spans) {
    this.recording = recording;
    this.targets = recording.of(part);
    this.spans = spans;
    this.learnt = recording.learnt();
  }

  Report said(String line) {
    text.append(line).append("\n\n");
    return this;
  }

  /** What was recorded. */
  Report recorded(Part part) {
    long leaks = targets.stream().filter(t -> t.leak() != null).count();
    double healthy = 0;
    for (Target target : targets) {
      Score.Span span = spans.getOrDefault(target.pod(), new Score.Span(0, 0));
      Leak leak = target.leak();
      healthy += span.days(learnt, leak == null ? Double.POSITIVE_INFINITY : leak.start());
    }
    return said(
        format(
            "Part *%s*: %d pods of %d behaviours, %.0f healthy pod-days without the first, %d leaks. A second of the"
                + " recording is %.0f s of the corpus; %.2f %% of the scrapes are missing because"
                + " the machine was busy. `%s`",
            part.label(),
            targets.size(),
            targets.stream().map(Target::behaviour).distinct().count(),
            healthy,
            leaks,
            recording.factor(),
            100 * recording.scrapesMissed(),
            recording.made()));
  }

  /** One row a judge. */
  Report judges(List<Contender> judges) {
    text.append(HEAD);
    for (Contender judge : judges) {
      Score score = Score.of(judge, targets, spans, learnt);
      text.append(
          format(
              "| %s | %d | %d of %d | %s | %s | %s | %s | %d | %s | %d |\n",
              judge.name(),
              judge.signals().size(),
              score.found(),
              score.leaks(),
              share(score.recall()),
              share(score.precision()),
              share(score.halfShare()),
              hours(score.medianLead()),
              score.falseEpisodes(),
              format("%.4f", score.falseADay()),
              score.learning()));
    }
    text.append('\n');
    return this;
  }

  /** One row a behaviour, for some judges: leaks found, and false episodes. */
  Report behaviours(List<Contender> judges) {
    text.append("| behaviour | pods |");
    judges.forEach(judge -> text.append(' ').append(judge.name()).append(" |"));
    text.append("\n| --- | --- |").append(" --- |".repeat(judges.size())).append('\n');
    Map<String, List<Target>> byBehaviour = new TreeMap<>();
    targets.forEach(t -> byBehaviour.computeIfAbsent(t.behaviour(), b -> new ArrayList<>()).add(t));
    byBehaviour.forEach(
        (behaviour, pods) -> {
          text.append(format("| %s | %d |", behaviour, pods.size()));
          for (Contender judge : judges) {
            text.append(' ').append(cell(Score.of(judge, pods, spans, learnt))).append(" |");
          }
          text.append('\n');
        });
    text.append('\n');
    return this;
  }

  private static String cell(Score score) {
    List<String> parts = new ArrayList<>();
    if (score.leaks() > 0) {
      parts.add(
          format("%d of %d, %s before", score.found(), score.leaks(), hours(score.medianLead())));
    }
    if (score.falseEpisodes() > 0) {
      parts.add(score.falseEpisodes() + " false");
    }
    return parts.isEmpty() ? "quiet" : String.join("; ", parts);
  }

  private static String share(double ratio) {
    return Double.isNaN(ratio) ? "-" : format("%.1f %%", 100 * ratio);
  }

  private static String hours(double hours) {
    return Double.isNaN(hours) ? "-" : format("%.1f h", hours);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  String text() {
    return text.toString();
  }
}
