package dev.tidemark.webhook.playbook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A URL with {@code $name} in its path or query, percent-encoded. The scheme and host are the
 * playbook's own: a label never chooses where a request goes.
 */
public final class UrlTemplate {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

  private static final Pattern SEGMENTS = Pattern.compile("/");

  private final Template template;

  private UrlTemplate(Template template) {
    this.template = template;
  }

  /** IllegalArgumentException when it is no http(s) URL, or a name stands before the path. */
  public static UrlTemplate parse(String text) {
    Template template = new Template(text);
    int scheme = text.indexOf("://");
    int authority = scheme < 0 ? -1 : end(text, scheme + 3);
    for (Template.Part part : template.parts()) {
      if (part.isName() && part.position() < authority) {
        throw new IllegalArgumentException(
            "$" + part.text() + " stands in the host: labels may only fill the path and the query");
      }
    }
    try {
      URI uri = new URI(template.fill(part -> "x"));
      String protocol = String.valueOf(uri.getScheme());
      boolean http = protocol.equals("http") || protocol.equals("https");
      if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
        return new UrlTemplate(template);
      }
    } catch (URISyntaxException e) {
      // one message for all that is no address
    }
    throw new IllegalArgumentException(
        "needs an address such as http://localhost:8080/restart?service=$job, without user or fragment");
  }

  /** MissingValueException when a label is absent, or would climb out of its path segment. */
  public URI fill(Values values) {
    URI filled = URI.create(template.fill(part -> encoded(values.need(part.text()))));
    for (String segment : SEGMENTS.split(String.valueOf(filled.getRawPath()))) {
      // also of several parts: $a$b with a dot each
      if ((segment.equals(".") || segment.equals("..")) && !template.names().isEmpty()) {
        throw new MissingValueException(
            String.join(", ", template.names()), "'" + segment + "' would change the path");
      }
    }
    return filled;
  }

  public boolean names(String name) {
    return template.names().contains(name);
  }

  @Override
  public String toString() {
    return template.text();
  }

  private static String encoded(String value) {
    StringBuilder text = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = UNRESERVED.indexOf(c) >= 0;
      text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return text.toString();
  }

  private static int end(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if ("/?#".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
