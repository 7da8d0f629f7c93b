package dev.tidemark.toolkit.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.concurrent.Future;

/** A reply whose head is here and whose body still arrives, guarded by its deadline. */
record Opened(int status, HttpHeaders headers, InputStream body, Future<?> alarm)
    implements AutoCloseable {

  /** What may pass: the server failed, or answers others first. */
  boolean isWorthRepeating() {
    return serverFailed() || status == 429;
  }

  /** What counts against the destination. */
  boolean serverFailed() {
    return status == 500 || status == 502 || status == 503 || status == 504;
  }

  @Override
  public void close() {
    alarm.cancel(false);
    try {
      body.close();
    } catch (IOException e) {
      // the connection is given up either way
    }
  }
}
