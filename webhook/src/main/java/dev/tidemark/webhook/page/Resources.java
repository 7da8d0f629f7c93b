package dev.tidemark.webhook.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that come with the program. */
final class Resources {
  private static final String STYLE = read("style.css");
  private static final String OPEN_API = read("openapi.yaml");

  private Resources() {}

  static Answer style() {
    return new Answer(200, "text/css; charset=utf-8", Answer.NO_HEADERS, STYLE, null)
        .with("cache-control", "max-age=300");
  }

  static Answer openApi() {
    return new Answer(200, "application/yaml", Answer.NO_HEADERS, OPEN_API, null);
  }

  private static String read(String name) {
    try (InputStream in = Resources.class.getResourceAsStream("/webhook/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks webhook/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
