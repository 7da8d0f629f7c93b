package dev.tidemark.toolkit.prometheus;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A query that brought no usable answer, with its reason and a message to show. */
public final class PrometheusException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; the lower-case name is also the label of metrics. */
  public enum Reason {
    /** No connection, or it broke before the answer began. */
    UNREACHABLE,
    /** The client or the server gave up waiting. */
    TIMEOUT,
    /** 401, 403, a certificate that is refused, or credentials that cannot be read. */
    AUTH,
    /** A status the API does not use for queries, or its own failure (500, 502, 503 …). */
    STATUS,
    /** The answer is not the API's JSON: a login page, another server. */
    NOT_JSON,
    /** The answer ends before it is complete. */
    TRUNCATED,
    /** The server understood and refused the query; the message is its own. */
    QUERY,
    /** The answer is larger than the client allows. */
    TOO_LARGE,
    /** The server failed often and is left alone for a while. */
    BREAKER_OPEN,
    /** Too many queries run already. */
    BUSY,
    /** The calling thread was interrupted, or the client is closed. */
    INTERRUPTED;

    /** The label value of metrics and logs. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  public PrometheusException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
