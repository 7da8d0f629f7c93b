package dev.tidemark.rules.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Puts JSON together, keys in the order given. */
final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** Keys and values in turn. */
  static ObjectNode object(Object... pairs) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < pairs.length; i += 2) {
      object.set((String) pairs[i], node(pairs[i + 1]));
    }
    return object;
  }

  static ArrayNode array(Object... values) {
    ArrayNode array = NODES.arrayNode();
    for (Object value : values) {
      array.add(node(value));
    }
    return array;
  }

  static ArrayNode array(List<? extends JsonNode> values) {
    return NODES.arrayNode().addAll(values);
  }

  static JsonNode none() {
    return NODES.nullNode();
  }

  private static JsonNode node(Object value) {
    if (value instanceof JsonNode node) {
      return node;
    }
    if (value instanceof String text) {
      return NODES.textNode(text);
    }
    if (value instanceof Integer number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    throw new IllegalArgumentException("no JSON for " + value.getClass());
  }
}
