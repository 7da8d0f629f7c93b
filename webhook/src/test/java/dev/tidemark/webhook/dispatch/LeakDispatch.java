package dev.tidemark.webhook.dispatch;

import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.firing;

import dev.tidemark.webhook.journal.Arrival;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A playbook for a leak and the world it runs in. */
abstract class LeakDispatch {
  static final String PLAYBOOK =
      """
      apiVersion: tidemark/v1
      kind: Playbook
      metadata: {name: leak}
      mode: MODE
      match: {alerts: ['alertname="GoGoroutineLeak"']}
      target: {kind: Static}
      policy:
        cooldown: {per: workload, for: 10m}
        giveUpAfter: {failures: 2, per: workload, within: 6h}
        freshness: {maxAge: 1m, recheck: [alertmanager]}
        approval: {ttl: 5m}
      steps:
        - pprof: {profiles: ['goroutine?debug=1', heap]}
        - diagnose: {}
        - http: {url: 'http://127.0.0.1:1/restart?job=$job', settle: {url: 'http://127.0.0.1:1/restarts/$stepId'}}
      verify:
        initialDelay: 5s
        checks: [{slope: {signal: goroutines, window: 20s}}]
      onFailure:
        escalate: [{notify: people}]
      """;

  @TempDir Path folder;
  World world;

  @BeforeEach
  void start() {
    world = new World(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  static String playbook(String mode) {
    return PLAYBOOK.replace("MODE", mode);
  }

  static Arrival leak(double at) {
    return arrival(at, firing("f1", at - 1, "job", "pay"));
  }

  Episode episode() {
    return world.journal.episode(world.only()).orElseThrow();
  }

  Execution execution() {
    return world.journal.execution(world.only()).orElseThrow();
  }

  List<StepRecord> steps(StepPhase phase) {
    return world.steps().stream().filter(step -> step.phase() == phase).toList();
  }

  Decision last(String policy) {
    List<Decision> all =
        world.journal.decisions(world.only()).stream()
            .filter(decision -> decision.policy().equals(policy))
            .toList();
    return all.get(all.size() - 1);
  }
}
