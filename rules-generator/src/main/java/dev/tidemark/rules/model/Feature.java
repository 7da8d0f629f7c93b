package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.Release;
import dev.tidemark.rules.spec.TargetSpec;
import dev.tidemark.toolkit.yaml.Placed;

/**
 * What of the files only some releases have; what of PromQL, the parser knows. A specification that
 * needs what its target lacks is refused, or written in a way that the target understands; nothing
 * is dropped. Source: the CHANGELOG.md of prometheus/prometheus and prometheus/alertmanager.
 */
public enum Feature {
  KEEP_FIRING_FOR(Server.PROMETHEUS, 2, 42, "keep_firing_for"),
  /** Before it, selectors are moved back instead. */
  QUERY_OFFSET(Server.PROMETHEUS, 2, 53, "query_offset of a group"),
  /** As strings in double quotes. */
  MATCHERS(Server.ALERTMANAGER, 0, 22, "matchers"),
  /** Before it, {@code mute_time_intervals} hold the times, and there is no active time. */
  TIME_INTERVALS(Server.ALERTMANAGER, 0, 24, "active_time_intervals"),
  /** Before it, times are in UTC. */
  LOCATION(Server.ALERTMANAGER, 0, 25, "location of a time interval"),
  URL_FILE(Server.ALERTMANAGER, 0, 26, "url_file of a webhook"),
  UTF8_MATCHERS(Server.ALERTMANAGER, 0, 27, "matchers of names in quotes");

  /** Who has it or not. */
  public enum Server {
    PROMETHEUS("Prometheus"),
    ALERTMANAGER("Alertmanager");

    private final String text;

    Server(String text) {
      this.text = text;
    }
  }

  private final Server server;
  private final int major;
  private final int minor;
  private final String text;

  Feature(Server server, int major, int minor, String text) {
    this.server = server;
    this.major = major;
    this.minor = minor;
    this.text = text;
  }

  public Release since() {
    return new Release(major, minor);
  }

  public boolean isIn(TargetSpec target) {
    return !stated(target).value().isBefore(since());
  }

  /** The release the specification states of the server that would need it. */
  public Placed<Release> stated(TargetSpec target) {
    return switch (server) {
      case PROMETHEUS -> target.prometheus();
      case ALERTMANAGER -> target.alertmanager();
    };
  }

  /** {@code Prometheus 2.42 has no query_offset of a group, needs 2.53 or newer}. */
  public String missing(TargetSpec target) {
    return "%s %s has no %s, needs %s or newer"
        .formatted(server.text, stated(target).value(), text, since());
  }
}
