package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.rules.Generator;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.util.List;

/**
 * The rules that the generator makes of each alert that both engines have, for the pods of a
 * recording.
 *
 * @param exporter alerts on what the exporter exposes
 * @param recordings what the rules of the engine promql record, in order
 * @param promql alerts on that, of the same names and in the same order
 */
record BothEngines(List<Rule> exporter, List<Recording> recordings, List<Rule> promql) {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {prometheus: "2.42", alertmanager: "0.25", engine: exporter}
      defaults: {scrapeInterval: 1m, groupInterval: 1m}
      teams: [{name: corpus, receiver: nobody}]
      receivers: [{name: nobody}]
      services:
      """;

  private static final String SERVICE =
      """
        - name: %1$s
          team: corpus
          selector: {namespace: corpus}
          alerts:
            - {use: goroutine-leak, engine: %1$s, with: {limit: 4000}}
            - {use: heap-leak, engine: %1$s}
            - {use: deep-stacks, engine: %1$s}
            - {use: off-heap-growth, engine: %1$s}
            - {use: workload-leak, engine: %1$s}
            - {use: dies-soon, engine: %1$s}
            - {use: goroutine-level, engine: %1$s}
      """;

  BothEngines {
    exporter = List.copyOf(exporter);
    recordings = List.copyOf(recordings);
    promql = List.copyOf(promql);
  }

  static BothEngines made() throws ProblemsException {
    String spec = SPEC + SERVICE.formatted("exporter") + SERVICE.formatted("promql");
    List<ServiceRules> services =
        Generator.generate(List.of(new SpecText("both-engines", spec)), (own, target) -> List.of())
            .services();
    return new BothEngines(
        rules(services.get(0)), services.get(1).recordings(), rules(services.get(1)));
  }

  private static List<Rule> rules(ServiceRules service) {
    return service.rules().stream().map(ServiceRules.TestedRule::rule).toList();
  }
}
