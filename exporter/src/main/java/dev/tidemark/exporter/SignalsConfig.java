package dev.tidemark.exporter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.SignalReader;
import dev.tidemark.toolkit.yaml.Default;
import java.util.ArrayList;
import java.util.List;

/**
 * Which signals to judge.
 *
 * @param include ids; none means the catalogue's defaults and the custom ones
 * @param custom signals in the catalogue's shape
 */
public record SignalsConfig(
    @Default("[]") List<String> include, @Default("[]") List<JsonNode> custom) {
  public SignalsConfig {
    chosen(include, custom);
  }

  /** The signals themselves, in the order of the catalogue. */
  public List<Signal> signals() {
    return chosen(include, custom);
  }

  private static List<Signal> chosen(List<String> include, List<JsonNode> custom) {
    Catalogue catalogue = Catalogue.load().with(read(custom));
    List<String> wrong = new ArrayList<>();
    for (String id : include) {
      if (catalogue.find(id).isEmpty()) {
        String hint = catalogue.nearest(id).map(near -> ", did you mean " + near + "?").orElse("");
        wrong.add("no signal \"" + id + "\"" + hint);
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("include: " + String.join("; ", wrong));
    }
    return catalogue.signals().stream()
        .filter(s -> include.isEmpty() ? s.byDefault() : include.contains(s.id()))
        .toList();
  }

  private static List<Signal> read(List<JsonNode> custom) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < custom.size(); i++) {
      try {
        signals.add(SignalReader.read(custom.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "custom: signal " + (i + 1) + ": " + String.valueOf(e.getMessage()).replace("\n", "; "),
            e);
      }
    }
    return signals;
  }
}
