package dev.tidemark.webhook.recheck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.toolkit.http.Bounds;
import dev.tidemark.toolkit.http.HttpFailure;
import dev.tidemark.toolkit.http.OutgoingHttp;
import dev.tidemark.toolkit.http.OutgoingRequest;
import dev.tidemark.toolkit.http.Reply;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.policy.Seen;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks {@code GET /api/v2/alerts} and finds the alert by its fingerprint. API: alertmanager,
 * api/v2/openapi.yaml.
 */
public final class AlertmanagerRecheck implements Recheck {
  private static final String BY = "alertmanager";
  private static final Bounds BOUNDS = new Bounds(32L << 20, Duration.ofSeconds(10));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final OutgoingHttp http;

  public AlertmanagerRecheck(URI base, OutgoingHttp http) {
    this.base = base;
    this.http = http;
  }

  @Override
  public Seen look(Episode episode, Instant now) {
    try {
      Reply reply = http.send(OutgoingRequest.get(address(episode)), BOUNDS);
      if (reply.status() != 200) {
        return unknown("answered " + reply.status());
      }
      JsonNode alerts = JSON.readTree(reply.text());
      if (!alerts.isArray()) {
        return unknown("answered no list of alerts");
      }
      for (JsonNode alert : alerts) {
        if (alert.path("fingerprint").asText("").equals(episode.fingerprint().text())) {
          return state(alert.path("status"));
        }
      }
      return new Seen(BY, Seen.State.NOT_FIRING, "does not have the alert any more");
    } catch (HttpFailure e) {
      return unknown("no answer (" + e.reason().label() + ")");
    } catch (JsonProcessingException e) {
      return unknown("answered no JSON");
    }
  }

  private static Seen state(JsonNode status) {
    String state = status.path("state").asText("");
    if (state.equals("suppressed")) {
      boolean silenced = !status.path("silencedBy").isEmpty();
      return new Seen(
          BY,
          Seen.State.SUPPRESSED,
          silenced ? "silenced by " + status.path("silencedBy").path(0).asText("") : "inhibited");
    }
    return new Seen(BY, Seen.State.FIRING, state.isEmpty() ? "has it" : state);
  }

  private URI address(Episode episode) {
    String text = base.toString();
    String root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    String query = "/api/v2/alerts?active=true&silenced=true&inhibited=true&unprocessed=true";
    if (!episode.alertname().isEmpty()) {
      String name =
          episode.alertname().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      query +=
          "&filter="
              + URLEncoder.encode("alertname=\"" + name + "\"", StandardCharsets.UTF_8)
                  .replace("+", "%20");
    }
    return URI.create(root + query);
  }

  private static Seen unknown(String text) {
    return new Seen(BY, Seen.State.UNKNOWN, text);
  }
}
