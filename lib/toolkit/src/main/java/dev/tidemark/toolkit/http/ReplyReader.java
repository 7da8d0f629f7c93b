package dev.tidemark.toolkit.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * Reads a reply while it arrives. It is called at most once a call: a reply that breaks off while
 * it is read is not asked for again.
 */
@FunctionalInterface
public interface ReplyReader<T, X extends Exception> {
  /**
   * @param body decompressed, bounded in bytes and time; it is closed afterwards
   * @throws X what the reader makes of the reply; the caller gets it as it is
   * @throws IOException of the body itself, which becomes the call's {@link HttpFailure}
   */
  T read(int status, HttpHeaders headers, InputStream body) throws IOException, X;
}
