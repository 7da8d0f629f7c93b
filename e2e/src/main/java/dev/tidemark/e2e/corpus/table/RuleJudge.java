package dev.tidemark.e2e.corpus.table;

import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates rules at every step of a recording, on the server itself. */
final class RuleJudge {
  private final PrometheusClient client;
  private final Instant from;
  private final Instant until;

  RuleJudge(PrometheusClient client, Instant from, Instant until) {
    this.client = client;
    this.from = from;
    this.until = until;
  }

  /** One judge a group, in the order of the rules. */
  List<Contender> judge(List<Rule> rules) throws PrometheusException {
    Map<String, List<Episode>> episodes = new LinkedHashMap<>();
    Map<String, Set<String>> signals = new LinkedHashMap<>();
    for (Rule rule : rules) {
      episodes.computeIfAbsent(rule.group(), g -> new ArrayList<>()).addAll(episodes(rule));
      signals.computeIfAbsent(rule.group(), g -> new LinkedHashSet<>()).add(rule.signal());
    }
    List<Contender> judges = new ArrayList<>();
    episodes.forEach(
        (group, said) ->
            judges.add(
                new Contender(group, List.copyOf(signals.getOrDefault(group, Set.of())), said)));
    return judges;
  }

  private List<Episode> episodes(Rule rule) throws PrometheusException {
    double step = rule.every().toSeconds();
    // a rule that has no answer at one evaluation starts to wait again
    Tracer tracer = new Tracer(rule.patience().toSeconds(), step);
    List<String> warnings =
        client.queryRange(
            rule.expr(), from, until, rule.every(), new TracingSink(tracer, rule.signal()));
    if (warnings.stream().anyMatch(w -> !w.startsWith("PromQL "))) {
      throw new IllegalStateException(rule.group() + ": " + warnings);
    }
    return tracer.episodes();
  }

  private static final class TracingSink implements SeriesSink {
    private final Tracer tracer;
    private final String signal;
    private String pod = "";

    TracingSink(Tracer tracer, String signal) {
      this.tracer = tracer;
      this.signal = signal;
    }

    @Override
    public void begin(Map<String, String> labels) {
      pod = labels.getOrDefault("pod", "");
    }

    @Override
    public void sample(long millis, double value) {
      tracer.holds(pod, signal, millis / 1000.0);
    }

    @Override
    public void end() {}
  }
}
