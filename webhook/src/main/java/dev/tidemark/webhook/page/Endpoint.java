package dev.tidemark.webhook.page;

import dev.tidemark.webhook.access.Role;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What answers one method of one path.
 *
 * @param method {@code GET} or {@code POST}
 * @param path with {@code {name}} for what varies, as the API's description writes it
 * @param role a caller needs; null where reading is enough
 * @param work may block on disk; runs on a worker thread
 */
record Endpoint(String method, String path, @Nullable Role role, Work work) {
  /** Makes the answer. */
  interface Work {
    Answer answer(Ask ask) throws BadRequest, IOException;
  }

  static Endpoint get(String path, Work work) {
    return new Endpoint("GET", path, null, work);
  }

  static Endpoint post(String path, Role role, Work work) {
    return new Endpoint("POST", path, role, work);
  }
}
