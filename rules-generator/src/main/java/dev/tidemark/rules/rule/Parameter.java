package dev.tidemark.rules.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a specification may say of an alert under {@code with}. The alert's page lists it as it
 * stands here.
 *
 * @param otherwise where the specification says nothing
 * @param shown the default, as the page writes it
 * @param text what it means and what it may be
 * @param read from YAML; IllegalArgumentException with what was found and what would be right
 */
public record Parameter<T>(
    String name, T otherwise, String shown, String text, Function<JsonNode, T> read) {

  public static Parameter<Duration> duration(String name, Duration otherwise, String text) {
    return new Parameter<>(
        name,
        otherwise,
        PromDuration.format(otherwise),
        text,
        node -> PromDuration.parse(node.asText()));
  }

  /** A number between two bounds, both allowed; the text says them by itself. */
  public static Parameter<Double> number(
      String name, double otherwise, double least, double most, String text) {
    String bounds = plain(least) + " to " + plain(most);
    return new Parameter<>(
        name,
        otherwise,
        plain(otherwise),
        text + "; " + bounds,
        node -> {
          double value = node.isNumber() ? node.doubleValue() : Double.NaN;
          if (value >= least && value <= most) {
            return value;
          }
          throw new IllegalArgumentException(found(node) + ", needs " + bounds);
        });
  }

  /** One word only; another choice would be one that is not there. */
  public static Parameter<String> word(String name, String word, String why) {
    return new Parameter<>(
        name,
        word,
        word,
        "only " + word + ": " + why,
        node -> {
          if (node.asText().equals(word)) {
            return word;
          }
          throw new IllegalArgumentException(found(node) + ", needs " + word + ": " + why);
        });
  }

  public static Parameter<ByteSize> size(String name, ByteSize otherwise, String text) {
    return new Parameter<>(
        name, otherwise, otherwise.toString(), text, node -> ByteSize.parse(node.asText()));
  }

  /** As {@link #number}, or the word {@code auto}, which is NaN. */
  public static Parameter<Double> numberOrAuto(
      String name, double least, double most, String text) {
    Parameter<Double> number = number(name, least, least, most, text);
    return new Parameter<>(
        name,
        Double.NaN,
        "auto",
        number.text(),
        node -> node.asText().equals("auto") ? Double.NaN : number.read().apply(node));
  }

  /** As the alert's page has it. */
  public String row() {
    return "| `" + name + "` | " + shown + " | " + text + " |";
  }

  private static String found(JsonNode node) {
    return "found " + Shown.text(node.asText());
  }

  private static String plain(double number) {
    return Expr.number(number).text();
  }
}
