package dev.tidemark.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds answers against the OpenAPI description, as far as it says something: both ways. */
final class Described {
  private final JsonNode description;
  private final Set<String> reached = new HashSet<>();

  Described() throws IOException {
    description = new ObjectMapper().readTree(SeriesRoutes.description());
  }

  JsonNode description() {
    return description;
  }

  /** The names of the query parameters of an address. */
  List<String> parameters(String path) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : operation(path).path("parameters")) {
      if (parameter.path("in").asText().equals("query")) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }

  /** Fails where an answer has what is not described, or lacks what is. */
  void holds(String path, int status, String body) throws IOException {
    JsonNode answer = operation(path).path("responses").path(Integer.toString(status));
    assertThat(answer.isMissingNode()).as("%s %d is described", path, status).isFalse();
    JsonNode schema = answer.path("content").path("application/json").path("schema");
    check(new ObjectMapper().readTree(body), schema, path + " " + status);
  }

  private JsonNode operation(String path) {
    JsonNode found = description.path("paths").path(path).path("get");
    assertThat(found.isMissingNode()).as("%s is described", path).isFalse();
    return found;
  }

  /** Schemas that no answer so far was held against. */
  Set<String> unreached() {
    Set<String> names = new HashSet<>();
    description.path("components").path("schemas").fieldNames().forEachRemaining(names::add);
    names.removeAll(reached);
    return names;
  }

  private void check(JsonNode value, JsonNode schema, String at) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replace("#/components/schemas/", "");
      JsonNode named = description.path("components").path("schemas").path(name);
      assertThat(named.isMissingNode()).as("schema %s", name).isFalse();
      reached.add(name);
      check(value, named, at);
      return;
    }
    checkType(value, schema, at);
    if (schema.has("enum")) {
      assertThat(schema.path("enum")).as(at).contains(value);
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(value.path(i), schema.path("items"), at + "[" + i + "]");
      }
    }
    if (value.isObject() && schema.has("properties")) {
      checkFields(value, schema, at);
    } else if (value.isObject() && schema.path("additionalProperties").isObject()) {
      value.forEach(each -> check(each, schema.path("additionalProperties"), at + ".*"));
    }
  }

  private static void checkType(JsonNode value, JsonNode schema, String at) {
    List<String> types = new ArrayList<>();
    JsonNode type = schema.path("type");
    type.forEach(each -> types.add(each.asText()));
    if (type.isTextual()) {
      types.add(type.asText());
    }
    String found =
        switch (value.getNodeType()) {
          case STRING -> "string";
          case NUMBER ->
              value.isIntegralNumber() && types.contains("integer") ? "integer" : "number";
          case BOOLEAN -> "boolean";
          case NULL -> "null";
          case ARRAY -> "array";
          case OBJECT -> "object";
          default -> fail("%s holds %s", at, value);
        };
    assertThat(types).as("%s is %s", at, value).contains(found);
  }

  private void checkFields(JsonNode value, JsonNode schema, String at) {
    Set<String> described = new HashSet<>();
    schema.path("properties").fieldNames().forEachRemaining(described::add);
    Set<String> found = new HashSet<>();
    value.fieldNames().forEachRemaining(found::add);
    assertThat(found).as(at).isEqualTo(described);
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    assertThat(required).as("%s: fields that are always there", at).isEqualTo(described);
    found.forEach(
        name -> check(value.path(name), schema.path("properties").path(name), at + "." + name));
  }
}
