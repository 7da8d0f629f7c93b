package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.yaml.Default;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One entry of {@code http_headers}: a header sent with every request, once for each value.
 *
 * @param values shown in messages and logs
 * @param secrets printed masked
 * @param files read anew for each request
 */
public record CustomHeader(
    @Default("[]") List<String> values,
    @Default("[]") List<Secret> secrets,
    @Default("[]") List<Path> files) {
  /** What the client writes itself, or another key of the configuration is for. */
  private static final Set<String> RESERVED =
      Set.of(
          "accept-encoding",
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "www-authenticate");

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  public CustomHeader {
    values = List.copyOf(values);
    secrets = List.copyOf(secrets);
    files = List.copyOf(files);
    if (values.isEmpty() && secrets.isEmpty() && files.isEmpty()) {
      throw new IllegalArgumentException("give values, secrets or files");
    }
    for (String value : values) {
      if (!fits(value)) {
        throw new IllegalArgumentException(
            "values: holds characters that no header may have, found \"" + value + "\"");
      }
    }
  }

  /** All that is sent, in the order values, secrets, files. */
  Stream<Secret> all() {
    return Stream.of(
            values.stream().map(Secret::of), secrets.stream(), files.stream().map(Secret::fromFile))
        .flatMap(each -> each);
  }

  /** Printable ASCII: the JDK takes no other, and its message would quote the value. */
  static boolean fits(String value) {
    return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /**
   * @throws IllegalArgumentException where no configuration may set a header of this name
   */
  static void checkName(String name) {
    if (!name.matches(TOKEN)) {
      throw new IllegalArgumentException("http_headers: \"" + name + "\" is no header name");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "http_headers: " + name + " is set by the client or by another key");
    }
  }
}
