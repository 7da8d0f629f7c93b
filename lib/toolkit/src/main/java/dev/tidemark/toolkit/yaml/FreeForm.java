package dev.tidemark.toolkit.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Free-form YAML as JSON, its scalars read by the core schema of YAML 1.2. */
final class FreeForm {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FreeForm() {}

  /** The tree as JSON; IllegalArgumentException for a number JSON cannot hold. */
  static JsonNode of(Tree tree) {
    if (tree instanceof Tree.Scalar scalar) {
      return scalar(scalar);
    }
    if (tree instanceof Tree.Sequence sequence) {
      ArrayNode array = NODES.arrayNode();
      sequence.items().forEach(item -> array.add(of(item)));
      return array;
    }
    ObjectNode object = NODES.objectNode();
    if (tree instanceof Tree.Mapping mapping) {
      mapping.entries().forEach(entry -> object.set(entry.key().text(), of(entry.value())));
    }
    return object;
  }

  private static JsonNode scalar(Tree.Scalar scalar) {
    return switch (ScalarKind.of(scalar)) {
      case NULL -> NODES.nullNode();
      case BOOLEAN -> NODES.booleanNode(Character.toLowerCase(scalar.text().charAt(0)) == 't');
      case INTEGER -> whole(scalar);
      case FLOAT -> NODES.numberNode((double) Numbers.bind(scalar, double.class));
      case TEXT -> NODES.textNode(scalar.text());
    };
  }

  private static JsonNode whole(Tree.Scalar scalar) {
    return NODES.numberNode((long) Numbers.bind(scalar, long.class));
  }
}
