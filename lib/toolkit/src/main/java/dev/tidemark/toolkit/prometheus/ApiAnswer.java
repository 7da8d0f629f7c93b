package dev.tidemark.toolkit.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the envelope of the API's answers, {@code {status, data, errorType, error, warnings,
 * infos}}, and gives {@code data} to its reader while it arrives.
 */
final class ApiAnswer {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 16)
                  .maxNumberLength(64)
                  .build())
          .build();
  // enough to see a pattern; the rest is counted by nobody and kept nowhere
  private static final int MAX_NOTES = 32;
  private static final int MAX_NOTE = 500;

  /** Reads {@code data}; the parser stands on its first token. */
  @FunctionalInterface
  interface DataReader {
    void read(JsonParser json) throws IOException;
  }

  /** What the envelope said beside the data. */
  record Envelope(
      boolean success, String errorType, String error, List<String> warnings, boolean hasData) {}

  private ApiAnswer() {}

  static Envelope read(InputStream body, DataReader data) throws IOException, Malformed {
    try (JsonParser json = JSON.createParser(body)) {
      json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("it is not the API's answer");
      }
      return envelope(json, data);
    }
  }

  private static Envelope envelope(JsonParser json, DataReader data) throws IOException, Malformed {
    String status = "";
    String errorType = "";
    String error = "";
    boolean hasData = false;
    List<String> notes = new ArrayList<>();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "status" -> status = json.getValueAsString("");
        case "errorType" -> errorType = json.getValueAsString("");
        case "error" -> error = json.getValueAsString("");
        case "warnings", "infos" -> notes(json, notes);
        case "isPartial" -> {
          if (json.currentToken() == JsonToken.VALUE_TRUE) {
            notes.add("the answer is partial");
          }
        }
        case "data" -> {
          if (json.currentToken() != JsonToken.VALUE_NULL) {
            hasData = true;
            data.read(json);
          }
        }
        default -> json.skipChildren();
      }
    }
    if (!status.equals("success") && !status.equals("error")) {
      throw new Malformed("it has no status of the API");
    }
    return new Envelope(status.equals("success"), errorType, error, List.copyOf(notes), hasData);
  }

  private static void notes(JsonParser json, List<String> into) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null) {
        return;
      }
      String note = json.getValueAsString();
      json.skipChildren();
      if (note != null && into.size() < MAX_NOTES) {
        into.add(oneLine(note));
      }
    }
  }

  /** Text of the server, fit for a log line. */
  static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_NOTE ? line : line.substring(0, MAX_NOTE) + "…";
  }

  static PrometheusException refused(String errorType, String error, int status) {
    Reason reason =
        switch (errorType) {
          case "bad_data", "execution", "not_found" -> Reason.QUERY;
          case "timeout" -> Reason.TIMEOUT;
          default -> status == 400 || status == 422 ? Reason.QUERY : Reason.STATUS;
        };
    String said = error.isEmpty() ? "no reason given" : oneLine(error);
    return new PrometheusException(
        reason, "the server answered " + status + " " + errorType + ": " + said, null);
  }

  /** JSON, but not what the API sends. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }

    Malformed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
