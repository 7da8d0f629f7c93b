package dev.tidemark.webhook.playbook;

import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target that stands in the configuration: the only place a pprof address comes from.
 *
 * @param name unique
 * @param pprof its {@code …/debug/pprof} address
 * @param labels what an alert must have to mean this target; {@code workload} names what it belongs
 *     to
 */
public record StaticTarget(
    String name,
    URI pprof,
    @Default("{}") Map<String, String> labels,
    @Key("http_config") @Nullable HttpConfig http) {
  private static final String WORKLOAD = "workload";

  public StaticTarget {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException(
          "name: 1 to 63 letters, digits, '.', '_' and '-', found " + name);
    }
    String scheme = String.valueOf(pprof.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("pprof: must be http or https");
    }
    if (pprof.getRawQuery() != null
        || pprof.getRawFragment() != null
        || pprof.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "pprof: without query, fragment and user, such as http://localhost:6060/debug/pprof");
    }
    labels = Map.copyOf(labels);
  }

  /** Whether the alert has all labels. */
  public boolean isMeantBy(Map<String, String> alert) {
    return labels.entrySet().stream()
        .allMatch(label -> label.getValue().equals(alert.getOrDefault(label.getKey(), "")));
  }

  /**
   * What limits per workload count: its own label, never the alert's: whoever can emit metrics
   * could choose that one anew each time.
   */
  public String workload() {
    String named = labels.getOrDefault(WORKLOAD, "");
    return named.isEmpty() ? name : named;
  }

  /** The address of a profile. */
  public URI profile(Profile profile) {
    String base = pprof.toString();
    String slash = base.endsWith("/") ? "" : "/";
    return URI.create(base + slash + profile);
  }
}
