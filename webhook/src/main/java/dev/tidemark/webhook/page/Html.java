package dev.tidemark.webhook.page;

import java.util.Arrays;
import java.util.List;

/** A piece of HTML. Text is escaped on its way in, so whatever has this type is safe to write. */
interface Html {
  Html NONE = out -> {};

  void write(StringBuilder out);

  /** Text as text, whatever it holds. */
  static Html text(String text) {
    String escaped = Escape.html(text);
    return out -> out.append(escaped);
  }

  static Html all(Html... parts) {
    return all(Arrays.asList(parts));
  }

  static Html all(List<? extends Html> parts) {
    List<Html> copy = List.copyOf(parts);
    return out -> copy.forEach(part -> part.write(out));
  }

  default String render() {
    StringBuilder out = new StringBuilder(4096);
    write(out);
    return out.toString();
  }
}
