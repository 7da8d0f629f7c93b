package dev.tidemark.rules.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;

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

  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

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

  /** A whole number between two bounds, both allowed. */
  public static Parameter<Double> count(
      String name, double otherwise, double least, double most, String text) {
    Parameter<Double> number = number(name, otherwise, least, most, text);
    return new Parameter<>(
        name,
        otherwise,
        number.shown(),
        number.text(),
        node -> {
          double value = number.read().apply(node);
          if (value == Math.rint(value)) {
            return value;
          }
          throw new IllegalArgumentException(found(node) + ", needs a whole number");
        });
  }

  /** A duration between two bounds, both allowed. */
  public static Parameter<Duration> duration(
      String name, Duration otherwise, Duration least, Duration most, String text) {
    String bounds = PromDuration.format(least) + " to " + PromDuration.format(most);
    return new Parameter<>(
        name,
        otherwise,
        PromDuration.format(otherwise),
        text + "; " + bounds,
        node -> {
          Duration value = PromDuration.parse(node.asText());
          if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
            return value;
          }
          throw new IllegalArgumentException(found(node) + ", needs " + bounds);
        });
  }

  /** The name of a metric of the user's own. */
  public static Parameter<String> metric(String name, String otherwise, String text) {
    return new Parameter<>(
        name,
        otherwise,
        otherwise,
        text,
        node -> {
          if (node.asText().length() <= 200 && METRIC.matcher(node.asText()).matches()) {
            return node.asText();
          }
          throw new IllegalArgumentException(found(node) + ", needs the name of a metric");
        });
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
