package dev.tidemark.webhook.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tidemark.webhook.intake.BadPayload.Reason;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks one JSON document token by token; says where it stands when something is wrong. */
final class JsonWalk implements AutoCloseable {
  /** Reads the value of one field; the walk stands on that value's first token. */
  interface Field {
    void read(String name) throws BadPayload, IOException;
  }

  /** Reads one element of an array; the walk stands on its first token. */
  interface Element {
    void read() throws BadPayload, IOException;
  }

  private final JsonParser json;
  private final PayloadLimits limits;

  JsonWalk(JsonFactory factory, char[] text, int length, PayloadLimits limits) throws IOException {
    this.json = factory.createParser(text, 0, length);
    this.limits = limits;
  }

  /** A factory that refuses what JSON leaves open: repeated keys, endless depth, numbers, names. */
  static JsonFactory factory(PayloadLimits limits) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxNameLength(limits.nameLength())
                .maxStringLength(limits.valueLength())
                .maxNumberLength(64)
                .build())
        .build();
  }

  /** Reads the whole document as one object and refuses anything after it. */
  void document(Field field) throws BadPayload, IOException {
    if (json.nextToken() == null) {
      throw new BadPayload(Reason.EMPTY, "the body is empty: expected a JSON object");
    }
    object(field);
    if (json.nextToken() != null) {
      throw new BadPayload(Reason.JSON, "unexpected data after the JSON object");
    }
  }

  void object(Field field) throws BadPayload, IOException {
    expect(JsonToken.START_OBJECT, "an object");
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      field.read(name);
    }
  }

  void array(Element element) throws BadPayload, IOException {
    expect(JsonToken.START_ARRAY, "an array");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** The string here; a lone surrogate is refused, for it has no bytes to be stored as. */
  String string() throws BadPayload, IOException {
    expect(JsonToken.VALUE_STRING, "a string");
    return wellFormed(json.getText());
  }

  long count() throws BadPayload, IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    String digits = json.getText();
    if (digits.startsWith("-") || digits.length() > 18) {
      throw wrong(Reason.VALUE, "expected a count of 0 or more, found " + shown(digits));
    }
    return Long.parseLong(digits);
  }

  /** An object of strings, in its order; null counts as empty, as Go writes an unset map. */
  Map<String, String> strings() throws BadPayload, IOException {
    if (isNull()) {
      return Map.of();
    }
    Map<String, String> all = new LinkedHashMap<>();
    object(
        name -> {
          if (name.isEmpty()) {
            throw wrong(Reason.VALUE, "a label or annotation has an empty name");
          }
          all.put(wellFormed(name), string());
          if (all.size() > limits.labels()) {
            throw wrong(Reason.LIMIT, "more than " + limits.labels() + " entries");
          }
        });
    return Collections.unmodifiableMap(all);
  }

  boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  void skip() throws IOException {
    json.skipChildren();
  }

  BadPayload wrong(Reason reason, String what) {
    String place = json.getParsingContext().pathAsPointer().toString();
    return new BadPayload(reason, place.isEmpty() ? what : shown(place) + ": " + what);
  }

  /** What the parser itself refused, without echoing the body. */
  static BadPayload refused(JsonProcessingException e, Reason reason) {
    var at = e.getLocation();
    String place = at == null ? "" : "line " + at.getLineNr() + " column " + at.getColumnNr();
    return new BadPayload(reason, place + ": " + shown(e.getOriginalMessage()));
  }

  static String shown(@Nullable String text) {
    String s = String.valueOf(text);
    return s.length() <= 200 ? s : s.substring(0, 200) + "…";
  }

  @Override
  public void close() throws IOException {
    json.close();
  }

  private String wellFormed(String text) throws BadPayload {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw wrong(Reason.ENCODING, "a string holds half a surrogate pair");
      }
    }
    return text;
  }

  private void expect(JsonToken token, String what) throws BadPayload {
    if (json.currentToken() != token) {
      throw wrong(Reason.TYPE, "expected " + what + ", found " + found());
    }
  }

  private String found() {
    JsonToken token = json.currentToken();
    return token == null
        ? "the end"
        : switch (token) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          case VALUE_STRING -> "a string";
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
          default -> token.name().replace("VALUE_", "").toLowerCase(Locale.ROOT);
        };
  }
}
