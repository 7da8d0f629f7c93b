package dev.tidemark.toolkit.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.toolkit.prometheus.ApiAnswer.Malformed;
import dev.tidemark.toolkit.text.Words;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Streams {@code {resultType, result}} into a sink: matrix, vector and scalar alike. Native
 * histograms have no single value; they are skipped and counted.
 */
final class SeriesReader implements ApiAnswer.DataReader {
  private static final Set<String> TYPES = Set.of("matrix", "vector", "scalar");

  private static final Set<String> SAMPLES = Set.of("value", "values", "histogram", "histograms");

  private final SeriesSink sink;
  private final Words words = new Words();
  private long histograms;

  SeriesReader(SeriesSink sink) {
    this.sink = sink;
  }

  /** Samples that were native histograms. */
  long histograms() {
    return histograms;
  }

  @Override
  public void read(JsonParser json) throws IOException {
    expect(json, JsonToken.START_OBJECT);
    boolean some = false;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken first = json.nextToken();
      if (key.equals("result") && first == JsonToken.START_ARRAY) {
        some = true;
        result(json);
      } else if (key.equals("resultType") && !TYPES.contains(json.getText())) {
        throw new Malformed(
            "the result is of type " + ApiAnswer.oneLine(json.getText()) + ", not samples");
      } else {
        some |= key.equals("result") && first == JsonToken.VALUE_NULL;
        json.skipChildren();
      }
    }
    // what is another server's answer must not be taken for a query that found nothing
    if (!some) {
      throw new Malformed("its data has no list of results");
    }
  }

  private void result(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token != null && token.isNumeric()) {
      sink.begin(Map.of());
      sampleAfterTime(json);
      sink.end();
      expect(json, json.nextToken(), JsonToken.END_ARRAY);
      return;
    }
    while (token != JsonToken.END_ARRAY) {
      expect(json, token, JsonToken.START_OBJECT);
      series(json);
      token = json.nextToken();
    }
  }

  private void series(JsonParser json) throws IOException {
    Map<String, String> labels = null;
    boolean some = false;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken first = json.nextToken();
      some |= SAMPLES.contains(key);
      switch (key) {
        case "metric" -> {
          labels = labels(json, words);
          sink.begin(labels);
        }
        case "value" -> {
          begun(labels);
          expect(json, first, JsonToken.START_ARRAY);
          sample(json);
        }
        case "values" -> {
          begun(labels);
          expect(json, first, JsonToken.START_ARRAY);
          while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, JsonToken.START_ARRAY);
            sample(json);
          }
        }
        case "histogram" -> {
          histograms++;
          json.skipChildren();
        }
        case "histograms" -> {
          expect(json, first, JsonToken.START_ARRAY);
          while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, JsonToken.START_ARRAY);
            histograms++;
            json.skipChildren();
          }
        }
        default -> json.skipChildren();
      }
    }
    begun(labels);
    if (!some) {
      throw new Malformed("a series has no samples");
    }
    sink.end();
  }

  private static void begun(@Nullable Map<String, String> labels) throws Malformed {
    if (labels == null) {
      throw new Malformed("a series does not begin with its labels");
    }
  }

  static Map<String, String> labels(JsonParser json, Words words) throws IOException {
    expect(json, JsonToken.START_OBJECT);
    Map<String, String> labels = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      expect(json, json.nextToken(), JsonToken.VALUE_STRING);
      labels.put(name, words.same(json.getText()));
    }
    return labels;
  }

  private void sample(JsonParser json) throws IOException {
    json.nextToken();
    sampleAfterTime(json);
    expect(json, json.nextToken(), JsonToken.END_ARRAY);
  }

  private void sampleAfterTime(JsonParser json) throws IOException {
    try {
      JsonToken token = json.currentToken();
      if (token == null || !token.isNumeric()) {
        throw new Malformed("a sample has no time");
      }
      long millis = Numbers.millis(json.getText());
      expect(json, json.nextToken(), JsonToken.VALUE_STRING);
      sink.sample(millis, Numbers.value(json.getText()));
    } catch (NumberFormatException e) {
      throw new Malformed("a sample is no number: " + ApiAnswer.oneLine(json.getText()), e);
    }
  }

  private static void expect(JsonParser json, JsonToken wanted) throws IOException {
    expect(json, json.currentToken(), wanted);
  }

  private static void expect(JsonParser json, @Nullable JsonToken found, JsonToken wanted)
      throws IOException {
    if (found != wanted) {
      throw new Malformed("found " + found + " instead of " + wanted + " at byte " + at(json));
    }
  }

  private static long at(JsonParser json) {
    return json.currentTokenLocation().getByteOffset();
  }
}
