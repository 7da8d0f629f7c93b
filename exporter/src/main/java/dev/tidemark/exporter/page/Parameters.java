package dev.tidemark.exporter.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of a request, as sent; every mistake is told with what would be right. */
final class Parameters {
  private final Map<String, List<String>> sent;

  /**
   * @param known the names there are, in the order in which they are told
   * @throws IllegalArgumentException where another is sent, or one more than once
   */
  Parameters(Map<String, List<String>> sent, List<String> known) {
    this.sent = sent;
    for (Map.Entry<String, List<String>> parameter : sent.entrySet()) {
      if (!known.contains(parameter.getKey())) {
        throw new IllegalArgumentException(
            "unknown parameter \""
                + parameter.getKey()
                + "\", known "
                + (known.size() == 1 ? "is " : "are ")
                + String.join(", ", known));
      }
      if (parameter.getValue().size() != 1) {
        throw new IllegalArgumentException(parameter.getKey() + " must stand once");
      }
    }
  }

  /** Empty where it is not sent. */
  String text(String name) {
    List<String> values = sent.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }

  int number(String name, int otherwise, int most) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > most) {
      throw wrong(name, "1 to " + most, text);
    }
    return Integer.parseInt(text);
  }

  /** Empty where nothing is asked; else one of the words. */
  String oneOf(String name, List<String> words) {
    String text = text(name);
    if (!text.isEmpty() && !words.contains(text)) {
      List<String> first = new ArrayList<>(words.subList(0, words.size() - 1));
      String last = words.get(words.size() - 1);
      throw wrong(name, first.stream().collect(Collectors.joining(", ", "", " or ")) + last, text);
    }
    return text;
  }

  static IllegalArgumentException wrong(String name, String right, String found) {
    return new IllegalArgumentException(name + " must be " + right + ", found \"" + found + "\"");
  }
}
