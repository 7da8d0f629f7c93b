package dev.tidemark.webhook.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what people post as JSON: an object of strings, or nothing at all. */
final class Fields {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Fields() {}

  static Map<String, String> ofJson(String body) throws BadRequest {
    if (body.isBlank()) {
      return Map.of();
    }
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new BadRequest("the body is not JSON: " + Shown.cut(e.getOriginalMessage()));
    }
    if (!node.isObject()) {
      throw new BadRequest("the body: expected a JSON object");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw new BadRequest(Shown.cut(field.getKey()) + ": expected a string");
      }
      fields.put(field.getKey(), field.getValue().asText());
    }
    return fields;
  }
}
