package dev.tidemark.exporter.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** An error as JSON: {@code {"error": "…"}}. */
final class Errors {
  private Errors() {}

  static String json(String message) {
    return JsonNodeFactory.instance.objectNode().put("error", message).toString();
  }
}
