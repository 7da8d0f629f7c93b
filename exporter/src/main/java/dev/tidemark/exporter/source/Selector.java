package dev.tidemark.exporter.source;

import java.util.regex.Pattern;

/**
 * A plain series selector: {@code name}, {@code {matchers}} or {@code name{matchers}}. It is
 * spliced into longer expressions, so anything else (a range, an offset, an expression) is refused
 * at load.
 *
 * @param text as PromQL, with a metric name
 */
public record Selector(String text) {
  /** What a selector without a metric name applies to. */
  static final String EVERY_GO_PROCESS = "go_info";

  private static final String MATCHER =
      "\\s*[a-zA-Z_][a-zA-Z0-9_]*\\s*(?:=~|!~|!=|=)\\s*"
          + "(?:\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'|`[^`]*+`)\\s*";
  private static final Pattern SHAPE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)?\\s*(\\{(?:\\s*|"
              + MATCHER
              + "(?:,"
              + MATCHER
              + ")*+,?\\s*)\\})?");

  /**
   * @throws IllegalArgumentException where the text is no plain selector
   */
  public static Selector parse(String text) {
    String trimmed = text.strip();
    var matcher = SHAPE.matcher(trimmed);
    if (trimmed.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a series selector such as {namespace=\"pay\"} or go_info{job=\"api\"}, found \""
              + text
              + "\"");
    }
    if (matcher.group(1) != null) {
      return new Selector(trimmed);
    }
    boolean named = Pattern.compile("[{,]\\s*__name__\\s*(=~|=)").matcher(trimmed).find();
    return new Selector(named ? trimmed : EVERY_GO_PROCESS + trimmed);
  }

  /** Every process that says it is a Go process. */
  public static Selector everyGoProcess() {
    return new Selector(EVERY_GO_PROCESS);
  }
}
