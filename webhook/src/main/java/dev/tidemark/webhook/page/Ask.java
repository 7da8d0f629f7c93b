package dev.tidemark.webhook.page;

import dev.tidemark.webhook.access.Caller;
import java.util.Map;
import java.util.Optional;

/**
 * A request, without its transport.
 *
 * @param path parameters of the path, decoded
 * @param fields of the body: a form's, or a JSON object's whose values are strings
 * @param form whether the body was a form, so that a person's browser awaits a page
 */
record Ask(
    Map<String, String> path,
    Parameters query,
    Map<String, String> fields,
    boolean form,
    Caller caller) {

  String id() {
    return path.getOrDefault("id", "");
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
