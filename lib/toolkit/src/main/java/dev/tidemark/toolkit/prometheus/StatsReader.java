package dev.tidemark.toolkit.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.toolkit.prometheus.ApiAnswer.Malformed;
import java.io.IOException;
import java.util.OptionalLong;

/** Finds {@code stats.samples.totalQueryableSamples} beside a result, which it skips. */
final class StatsReader implements ApiAnswer.DataReader {
  private static final String TOTAL = "totalQueryableSamples";

  private OptionalLong samples = OptionalLong.empty();

  OptionalLong samples() {
    return samples;
  }

  @Override
  public void read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new Malformed("the data is no object");
    }
    values(
        json, "stats", () -> values(json, "samples", () -> values(json, TOTAL, () -> total(json))));
  }

  private void total(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      samples = OptionalLong.of(json.getLongValue());
    }
  }

  @FunctionalInterface
  private interface Value {
    void read() throws IOException;
  }

  /** Reads the value of one key of the object that has begun, and skips all others. */
  private static void values(JsonParser json, String wanted, Value value) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      if (key.equals(wanted)) {
        value.read();
      } else {
        json.skipChildren();
      }
    }
  }
}
