package dev.tidemark.webhook.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Small pieces of JSON. Keys keep the order in which they are put; null is written as null. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static <T> ArrayNode array(List<T> items, Function<T, ObjectNode> shape) {
    ArrayNode array = MAPPER.createArrayNode();
    items.forEach(item -> array.add(shape.apply(item)));
    return array;
  }

  static ObjectNode strings(Map<String, String> map) {
    ObjectNode node = object();
    map.forEach(node::put);
    return node;
  }

  static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  /** Stored JSON as JSON; text that is none as a string. */
  static JsonNode stored(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  static String write(JsonNode node) {
    return node.toString() + "\n";
  }

  static String pretty(String text) {
    JsonNode node = stored(text);
    return node.isTextual() ? node.asText() : node.toPrettyString();
  }

  static String error(String reason, String message) {
    return write(object().put("error", message).put("reason", reason));
  }
}
