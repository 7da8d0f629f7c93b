package dev.tidemark.webhook.page;

import static dev.tidemark.webhook.page.Tag.tag;

/** Forms that post to the API. */
final class Forms {
  private Forms() {}

  static Tag form(String path, Html... content) {
    return tag("form", content).attr("method", "post").path("action", path);
  }

  static Tag hidden(String name, String value) {
    return tag("input").attr("type", "hidden").attr("name", name).attr("value", value);
  }

  static Tag field(String name, String label) {
    return tag("input")
        .attr("name", name)
        .attr("placeholder", label)
        .attr("aria-label", label)
        .attr("maxlength", "500");
  }

  static Tag button(String text, String look) {
    return tag("button", text).attr("type", "submit").attr("class", look);
  }
}
