package dev.tidemark.toolkit.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * A complete reply, whatever its status.
 *
 * @param body decompressed
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Reply(int status, HttpHeaders headers, byte[] body) {
  /** Whether the status is 2xx. */
  public boolean ok() {
    return status / 100 == 2;
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
