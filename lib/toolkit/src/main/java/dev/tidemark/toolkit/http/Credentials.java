package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.http.HttpFailure.Reason;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a configuration sends beside the request itself, read anew for each. */
record Credentials(HttpConfig config) {
  /** One value a place; a name may stand more than once. */
  record Header(String name, String value) {}

  List<Header> headers() throws HttpFailure {
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, CustomHeader> entry : config.headers().entrySet()) {
      for (Secret secret : entry.getValue().all().toList()) {
        String value = reveal(secret).strip();
        if (!CustomHeader.fits(value)) {
          throw failed(
              "http_headers: " + entry.getKey() + " holds characters that no header may have",
              null);
        }
        headers.add(new Header(entry.getKey(), value));
      }
    }
    authorization().ifPresent(value -> headers.add(new Header("Authorization", value)));
    return headers;
  }

  private Optional<String> authorization() throws HttpFailure {
    HttpConfig.BasicAuth basic = config.basicAuth();
    if (basic != null) {
      String pair = basic.username() + ":" + reveal(basic.secret());
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    HttpConfig.Authorization authorization = config.authorization();
    if (authorization != null) {
      String token = reveal(authorization.secret()).strip();
      // checked here because the JDK's message would quote it
      if (!CustomHeader.fits(token)) {
        throw failed("the credentials hold characters that no header may have", null);
      }
      return Optional.of(authorization.type() + " " + token);
    }
    return Optional.empty();
  }

  private static String reveal(Secret secret) throws HttpFailure {
    try {
      return secret.reveal();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw failed("credentials cannot be read: " + e.getMessage(), e);
    }
  }

  private static HttpFailure failed(String message, @Nullable Throwable cause) {
    return new HttpFailure(Reason.CREDENTIALS, false, message, cause);
  }
}
