package dev.tidemark.e2e.corpus.record;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flags of the Go service, collected by name: {@code traffic} with {@code level} 200. */
final class Flags {
  private final Map<String, String> kinds = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> specs = new LinkedHashMap<>();
  private final Map<String, String> plain = new LinkedHashMap<>();

  Flags with(String flag, String name, double value) {
    specs.computeIfAbsent(flag, f -> new LinkedHashMap<>()).put(name, number(value));
    return this;
  }

  Flags kind(String flag, String kind) {
    kinds.put(flag, kind);
    specs.computeIfAbsent(flag, f -> new LinkedHashMap<>());
    return this;
  }

  Flags plain(String flag, double value) {
    plain.put(flag, number(value));
    return this;
  }

  Flags plain(String flag, String value) {
    plain.put(flag, value);
    return this;
  }

  /** The value as the service reads it. */
  double number(String flag, String name) {
    String text = specs.getOrDefault(flag, Map.of()).get(name);
    if (text == null) {
      throw new IllegalArgumentException("-" + flag + " has no " + name);
    }
    return Double.parseDouble(text);
  }

  /** The same without one flag. */
  Flags without(String flag) {
    Flags copy = new Flags();
    copy.kinds.putAll(kinds);
    copy.plain.putAll(plain);
    specs.forEach((name, values) -> copy.specs.put(name, new LinkedHashMap<>(values)));
    copy.specs.remove(flag);
    return copy;
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    plain.forEach((flag, value) -> words.add("-" + flag + "=" + value));
    specs.forEach(
        (flag, values) -> {
          List<String> text = new ArrayList<>();
          if (kinds.containsKey(flag)) {
            text.add(kinds.getOrDefault(flag, ""));
          }
          values.forEach((name, value) -> text.add(name + "=" + value));
          words.add("-" + flag + "=" + String.join(" ", text));
        });
    return words;
  }

  static String number(double value) {
    return new BigDecimal(value).round(new MathContext(5)).stripTrailingZeros().toPlainString();
  }
}
