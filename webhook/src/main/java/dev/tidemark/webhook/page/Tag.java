package dev.tidemark.webhook.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One element. Immutable: every call gives a new one. */
final class Tag implements Html {
  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final String name;
  private final Map<String, String> attributes;
  private final Html content;

  private Tag(String name, Map<String, String> attributes, Html content) {
    this.name = name;
    this.attributes = attributes;
    this.content = content;
  }

  /** An empty element; the name is ours, never input. */
  static Tag tag(String name) {
    return new Tag(checked(name), Map.of(), Html.NONE);
  }

  static Tag tag(String name, String text) {
    return tag(name).with(text);
  }

  static Tag tag(String name, Html... content) {
    return tag(name).with(content);
  }

  static Tag tag(String name, List<? extends Html> content) {
    return new Tag(checked(name), Map.of(), Html.all(content));
  }

  /**
   * A link to a page of this server.
   *
   * @param path starts with one slash; its untrusted parts are already percent-encoded
   */
  static Tag link(String path, String text) {
    return tag("a", text).path("href", path);
  }

  /** A link out where the address is plainly http or https; only its text where it is not. */
  static Html outside(String url, String text) {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      return Html.text(text);
    }
    return tag("a", text).put("href", url).attr("rel", "noopener noreferrer nofollow");
  }

  Tag attr(String attribute, String value) {
    if (attribute.equals("href") || attribute.equals("action") || attribute.startsWith("on")) {
      throw new IllegalArgumentException(attribute + " is not for plain text");
    }
    return put(attribute, value);
  }

  /** Sets {@code href} or {@code action} to a path of this server. */
  Tag path(String attribute, String path) {
    if (!path.startsWith("/") || path.startsWith("//") || path.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("not a path of this server: " + path);
    }
    return put(attribute, path);
  }

  Tag with(String text) {
    return with(Html.text(text));
  }

  Tag with(Html... more) {
    return new Tag(name, attributes, Html.all(content, Html.all(more)));
  }

  private Tag put(String attribute, String value) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.put(checked(attribute), Escape.html(value));
    return new Tag(name, all, content);
  }

  @Override
  public void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (key, value) -> out.append(' ').append(key).append("=\"").append(value).append('"'));
    out.append('>');
    if (!VOID.contains(name)) {
      content.write(out);
      out.append("</").append(name).append('>');
    }
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of an element or attribute: " + name);
    }
    return name;
  }
}
