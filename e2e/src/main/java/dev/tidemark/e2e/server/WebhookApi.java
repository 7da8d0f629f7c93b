package dev.tidemark.e2e.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The webhook's API as its users call it. */
public record WebhookApi(Http http, String url) {

  /** The episodes of an alert, newest first. */
  public List<JsonNode> episodes(String alertname) throws IOException, InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode episode : http.json(url + "/api/v1/episodes?limit=1000").path("episodes")) {
      if (episode.path("alertname").asText().equals(alertname)) {
        found.add(episode);
      }
    }
    return found;
  }

  /** All that is known of an episode. */
  public JsonNode episode(String id) throws IOException, InterruptedException {
    return http.json(url + "/api/v1/episodes/" + Http.encode(id));
  }

  /** The receipt on disk that carries a firing alert with this label; empty while there is none. */
  public Optional<JsonNode> receipt(String fingerprint) throws IOException, InterruptedException {
    for (JsonNode receipt : http.json(url + "/api/v1/receipts?limit=1000").path("receipts")) {
      for (JsonNode alert : receipt.path("alerts")) {
        if (alert.path("fingerprint").asText().equals(fingerprint)) {
          return Optional.of(receipt);
        }
      }
    }
    return Optional.empty();
  }

  public byte[] evidence(String episode, String name) throws IOException, InterruptedException {
    return http.bytes(
        url + "/api/v1/episodes/" + Http.encode(episode) + "/evidence/" + Http.encode(name));
  }
}
