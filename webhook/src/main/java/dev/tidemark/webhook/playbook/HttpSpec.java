package dev.tidemark.webhook.playbook;

import dev.tidemark.toolkit.yaml.Default;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks something else to act. Sent with {@code Idempotency-Key: <step id>}.
 *
 * @param expect the statuses that mean done; empty: any 2xx
 * @param settle where to ask whether it has happened, when the answer was lost; null: it cannot be
 *     told
 */
public record HttpSpec(
    @Default("POST") Method method,
    UrlTemplate url,
    @Default("{}") Map<String, String> headers,
    @Nullable JsonTemplate body,
    @Default("30s") Duration timeout,
    @Default("[]") List<Integer> expect,
    @Nullable Settle settle) {

  private static final Set<String> RESERVED =
      Set.of("host", "content-length", "connection", "transfer-encoding", "idempotency-key");
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie");

  /** How it is asked. */
  public enum Method {
    @dev.tidemark.toolkit.yaml.Key("POST")
    POST,
    @dev.tidemark.toolkit.yaml.Key("PUT")
    PUT,
    @dev.tidemark.toolkit.yaml.Key("DELETE")
    DELETE
  }

  public HttpSpec {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (RESERVED.contains(name) || !name.matches("[a-z0-9-]+")) {
        throw new IllegalArgumentException("headers: " + header.getKey() + " cannot be set");
      }
      if (SECRET.contains(name)) {
        throw new IllegalArgumentException(
            "headers: "
                + header.getKey()
                + " is a secret and belongs into endpoints of the configuration");
      }
      if (!header.getValue().matches("[\\x20-\\x7e]*") || header.getValue().contains("$")) {
        throw new IllegalArgumentException(
            "headers: the value of " + header.getKey() + " must be printable ASCII without $");
      }
    }
    expect.forEach(status -> checkStatus("expect", status));
  }

  /** Whether a status means that it is done. */
  public boolean accepts(int status) {
    return expect.isEmpty() ? status / 100 == 2 : expect.contains(status);
  }

  /**
   * GET {@code url}: a status of {@code success} says it has happened, one of {@code absent} that
   * it has not, and any other that nobody knows yet.
   */
  public record Settle(
      UrlTemplate url,
      @Default("[200]") List<Integer> success,
      @Default("[404]") List<Integer> absent) {
    public Settle {
      if (!url.names("stepId")) {
        throw new IllegalArgumentException("url: must name $stepId, or it asks about another run");
      }
      success.forEach(status -> checkStatus("success", status));
      absent.forEach(status -> checkStatus("absent", status));
      if (success.stream().anyMatch(absent::contains)) {
        throw new IllegalArgumentException("absent: a status cannot mean both");
      }
    }
  }

  private static void checkStatus(String key, int status) {
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException(key + ": " + status + " is no HTTP status");
    }
  }
}
