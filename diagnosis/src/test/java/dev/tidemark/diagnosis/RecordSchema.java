package dev.tidemark.diagnosis;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON schema of what {@link RecordJson} writes of a record type. */
final class RecordSchema {
  private final Map<String, String> definitions = new LinkedHashMap<>();

  private RecordSchema() {}

  static String of(String verb, Class<? extends Record> type) {
    RecordSchema schema = new RecordSchema();
    String top = schema.reference(type);
    String definitions =
        schema.definitions.entrySet().stream()
            .map(entry -> "    \"" + entry.getKey() + "\": " + entry.getValue())
            .collect(Collectors.joining(",\n"));
    return """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Output of tidemark diagnose %s --format json",
          "oneOf": [%s, {"type": "array", "minItems": 2, "items": %s}],
          "$defs": {
        %s
          }
        }
        """
        .formatted(verb, top, top, definitions);
  }

  private String reference(Class<?> type) {
    String name = type.getSimpleName();
    if (!definitions.containsKey(name)) {
      definitions.put(name, "");
      String properties =
          Arrays.stream(type.getRecordComponents())
              .map(c -> "        \"" + c.getName() + "\": " + component(c))
              .collect(Collectors.joining(",\n"));
      String names =
          Arrays.stream(type.getRecordComponents())
              .map(c -> "\"" + c.getName() + "\"")
              .collect(Collectors.joining(", "));
      definitions.put(
          name,
          """
          {
                "type": "object",
                "required": [%s],
                "additionalProperties": false,
                "properties": {
          %s
                }
              }"""
              .formatted(names, properties));
    }
    return "{\"$ref\": \"#/$defs/" + name + "\"}";
  }

  private String component(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    String schema = type(type, component.getGenericType());
    return type.isAnnotationPresent(Nullable.class)
        ? "{\"oneOf\": [" + schema + ", {\"type\": \"null\"}]}"
        : schema;
  }

  private String type(AnnotatedType annotated, java.lang.reflect.Type type) {
    if (type instanceof ParameterizedType generic) {
      AnnotatedType[] arguments =
          ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
      AnnotatedType last = arguments[arguments.length - 1];
      String items = type(last, last.getType());
      return generic.getRawType() == List.class
          ? "{\"type\": \"array\", \"items\": " + items + "}"
          : "{\"type\": \"object\", \"additionalProperties\": " + items + "}";
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return reference(plain);
    }
    if (plain.isEnum()) {
      return Arrays.stream(plain.getEnumConstants())
          .map(c -> "\"" + ((Enum<?>) c).name().toLowerCase(Locale.ROOT).replace('_', '-') + "\"")
          .collect(Collectors.joining(", ", "{\"enum\": [", "]}"));
    }
    return switch (plain.getSimpleName()) {
      case "long", "Long", "int", "Integer" -> "{\"type\": \"integer\"}";
      case "double", "Double" -> "{\"type\": \"number\"}";
      case "boolean", "Boolean" -> "{\"type\": \"boolean\"}";
      case "String" -> "{\"type\": \"string\"}";
      default -> throw new IllegalArgumentException(plain.toString());
    };
  }
}
