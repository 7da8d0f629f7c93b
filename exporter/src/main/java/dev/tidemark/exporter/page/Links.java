package dev.tidemark.exporter.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Addresses of the exporter's own; whatever stands in an id or a label stays one parameter. */
final class Links {
  private Links() {}

  /** The page of a series. */
  static String series(SeriesId id) {
    return of("/series", Map.of("id", id.toString()));
  }

  static String of(String path, Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + '=' + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", path + "?", ""));
  }

  /** As the last part of a path. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
