package dev.tidemark.webhook.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The addresses of pages and of the API, once. */
final class Paths {
  static final String EPISODES = "/api/v1/episodes";
  static final String RECEIPTS = "/api/v1/receipts";

  private Paths() {}

  static String page(String episode) {
    return "/episodes/" + encode(episode);
  }

  static String api(String episode) {
    return EPISODES + "/" + encode(episode);
  }

  static String evidence(String episode, String name) {
    return api(episode) + "/evidence/" + encode(name);
  }

  /** A list's address: its filter, size and place. */
  static String list(String base, @Nullable String status, int limit, @Nullable String after) {
    StringBuilder path = new StringBuilder(base).append("?limit=").append(limit);
    if (status != null) {
      path.append("&status=").append(encode(status));
    }
    if (after != null) {
      path.append("&after=").append(encode(after));
    }
    return path.toString();
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
