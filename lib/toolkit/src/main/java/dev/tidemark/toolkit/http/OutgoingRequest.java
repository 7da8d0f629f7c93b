package dev.tidemark.toolkit.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request. Credentials do not belong here: they come from {@link HttpConfig}.
 *
 * @param method GET, POST, PUT, DELETE …
 * @param uri absolute, http or https, without user info
 * @param headers by name; the order is kept
 * @param body empty for none
 * @param retrySafe whether sending it twice does no harm; nothing else is ever sent twice
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record OutgoingRequest(
    String method, URI uri, Map<String, String> headers, byte[] body, boolean retrySafe) {
  public OutgoingRequest {
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      throw new IllegalArgumentException("not an http or https URL: " + uri);
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("a URL without a host: " + uri);
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "credentials in the URL of " + uri.getHost() + ": use basic_auth instead");
    }
    headers = Map.copyOf(headers);
    body = body.clone();
  }

  /** A GET that may be repeated. */
  public static OutgoingRequest get(URI uri) {
    return new OutgoingRequest("GET", uri, Map.of(), new byte[0], true);
  }

  /** A POST that must not be repeated. */
  public static OutgoingRequest post(URI uri, String contentType, byte[] body) {
    return new OutgoingRequest("POST", uri, Map.of("Content-Type", contentType), body, false);
  }

  /** A POST of a form. */
  public static OutgoingRequest form(URI uri, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return post(uri, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.US_ASCII));
  }

  public OutgoingRequest withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new OutgoingRequest(method, uri, more, body, retrySafe);
  }

  /** The same, said to do no harm when it is sent twice. */
  public OutgoingRequest repeatable() {
    return new OutgoingRequest(method, uri, headers, body, true);
  }

  OutgoingRequest to(URI other) {
    return new OutgoingRequest(method, other, headers, body, retrySafe);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
