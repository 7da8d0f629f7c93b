package dev.tidemark.rules.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidemark.rules.history.Episode;
import dev.tidemark.rules.history.Replayed;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which targets of a service died in the past: the catalogue's own alerts on kills and restarts,
 * replayed with one of them being enough. Restarts of several targets at a time are a rollout's.
 */
final class Deaths {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final int ROLLOUT_INTERVALS = 5;

  private final Past past;

  Deaths(Past past) {
    this.past = past;
  }

  /**
   * @param restarts whether those count that the kernel did not kill
   */
  List<Death> of(Service service, boolean restarts) throws PrometheusException {
    List<Death> killed =
        replayed(service, "oom-killed").stream()
            .map(e -> new Death(e.labels(), e.from(), true))
            .toList();
    List<Death> all = new ArrayList<>(killed);
    if (restarts) {
      List<Episode> started = replayed(service, "restart-loop");
      for (Episode start : started) {
        if (!isRollout(start, started, service.settings().groupInterval())
            && killed.stream()
                .noneMatch(kill -> kill.isToldBy(start, window(service), Duration.ZERO))) {
          all.add(new Death(start.labels(), start.from(), false));
        }
      }
    }
    return all;
  }

  private static boolean isRollout(Episode start, List<Episode> all, Duration interval) {
    Duration near = interval.multipliedBy(ROLLOUT_INTERVALS);
    return all.stream()
        .anyMatch(
            other ->
                !other.labels().equals(start.labels())
                    && Duration.between(start.from(), other.from()).abs().compareTo(near) <= 0);
  }

  private List<Episode> replayed(Service service, String use) throws PrometheusException {
    Placed<String> name = service.name();
    Map<String, Placed<JsonNode>> with =
        Map.of(
            "times", new Placed<>(IntNode.valueOf(1), name.place()),
            "within",
                new Placed<>(TextNode.valueOf(PromDuration.format(window(service))), name.place()));
    Alert alert =
        new Alert(
            name.place(),
            Optional.of(new Placed<>(use, name.place())),
            Optional.empty(),
            Optional.empty(),
            with,
            Engine.PROMQL,
            Optional.empty(),
            Optional.of(Duration.ZERO),
            Optional.of(Duration.ZERO),
            Map.of(),
            Map.of(),
            Optional.empty(),
            List.of());
    Optional<Replayed> found = past.of(Values.with(service, List.of(alert)), 0);
    return found.map(Replayed::episodes).orElse(List.of());
  }

  /** As short as no restart is missed. */
  private static Duration window(Service service) {
    Duration twice =
        service
            .settings()
            .groupInterval()
            .plus(service.settings().scrapeInterval())
            .multipliedBy(2);
    return twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice;
  }
}
