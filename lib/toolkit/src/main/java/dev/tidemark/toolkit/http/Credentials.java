package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.http.HttpFailure.Reason;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Authorization header of a configuration, read anew for each request. */
record Credentials(HttpConfig config) {
  Optional<String> header() throws HttpFailure {
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
      if (!token.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
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
