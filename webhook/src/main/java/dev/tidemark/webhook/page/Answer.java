package dev.tidemark.webhook.page;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer, without its transport.
 *
 * @param body empty where {@code content} is given
 * @param content what to stream as the body, or null; who sends the answer closes it
 */
record Answer(
    int status,
    String contentType,
    Map<String, String> headers,
    String body,
    @Nullable InputStream content) {
  static final String HTML = "text/html; charset=utf-8";
  static final Map<String, String> NO_HEADERS = Map.of();
  static final String JSON = "application/json";

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer html(int status, String page) {
    return new Answer(status, HTML, NO_HEADERS, page, null);
  }

  static Answer json(int status, String body) {
    return new Answer(status, JSON, NO_HEADERS, body, null);
  }

  static Answer text(int status, String body) {
    return new Answer(status, "text/plain; charset=utf-8", NO_HEADERS, body, null);
  }

  static Answer stream(String contentType, InputStream content) {
    return new Answer(200, contentType, NO_HEADERS, "", content);
  }

  /** Sends a browser that posted a form to a page. */
  static Answer see(String path) {
    return new Answer(303, "text/plain", Map.of("location", path), "", null);
  }

  Answer with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, contentType, all, body, content);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
