package dev.tidemark.webhook.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.webhook.alert.AlertStatus;
import dev.tidemark.webhook.alert.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Maps and lists as JSON in a column. */
final class JsonText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};

  private JsonText() {}

  static String of(Map<String, String> map) {
    ObjectNode node = JSON.createObjectNode();
    map.forEach(node::put);
    return node.toString();
  }

  static SortedMap<String, String> labels(String text) {
    try {
      return JSON.readValue(text, LABELS);
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  static String ofAlerts(List<ReceiptAlert> alerts) {
    ArrayNode array = JSON.createArrayNode();
    for (ReceiptAlert alert : alerts) {
      ObjectNode node = array.addObject();
      node.put("f", alert.fingerprint().text());
      node.put("s", alert.status().name());
      node.put("t", alert.startsAt().toString());
      node.put("e", alert.episode());
    }
    return array.toString();
  }

  static List<ReceiptAlert> alerts(String text) {
    try {
      List<ReceiptAlert> alerts = new ArrayList<>();
      for (var node : JSON.readTree(text)) {
        alerts.add(
            new ReceiptAlert(
                new Fingerprint(node.path("f").asText()),
                AlertStatus.valueOf(node.path("s").asText()),
                Instant.parse(node.path("t").asText()),
                text(node.path("e").textValue())));
      }
      return alerts;
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  private static @Nullable String text(@Nullable String value) {
    return value;
  }

  private static JournalException damaged(Exception e) {
    return new JournalException(
        JournalException.Reason.UNREADABLE,
        "a row of the journal is no JSON: " + e.getMessage(),
        e);
  }
}
