package dev.tidemark.webhook.playbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A JSON text with {@code $name} inside its strings, escaped so that a value stays inside the
 * string.
 */
public final class JsonTemplate {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Template template;

  private JsonTemplate(Template template) {
    this.template = template;
  }

  /** IllegalArgumentException when the text is no JSON, or a name stands outside a string. */
  public static JsonTemplate parse(String text) {
    Template template = new Template(text);
    if (!isJson(template.fill(part -> "x"))
        || (!template.names().isEmpty() && isJson(template.fill(part -> "1\"")))) {
      throw new IllegalArgumentException(
          "must be JSON, with $names only inside its strings: {\"pod\": \"$pod\"}");
    }
    return new JsonTemplate(template);
  }

  public String fill(Values values) {
    return template.fill(
        part ->
            new String(JsonStringEncoder.getInstance().quoteAsString(values.need(part.text()))));
  }

  @Override
  public String toString() {
    return template.text();
  }

  private static boolean isJson(String text) {
    try {
      return !JSON.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
