package dev.tidemark.toolkit.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An outgoing call that brought no usable reply, with its reason and a message to show. */
public final class HttpFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; the lower-case name is also the label of the metric. */
  public enum Reason {
    /** No connection: refused, no route, unknown host, connect timed out. */
    UNREACHABLE,
    /** The call as a whole, body included, took longer than it may. */
    TIMEOUT,
    /** The other side's certificate or TLS is not acceptable, or it does not speak TLS. */
    TLS,
    /** The connection ended, or the reply broke off, before it was complete. */
    BROKEN,
    /** The reply is larger than it may be. */
    TOO_LARGE,
    /** The reply has a status the call cannot use. */
    STATUS,
    /** The address policy refuses the resolved address. */
    ADDRESS_REFUSED,
    /** The circuit breaker is open: the destination failed often, it is left alone for a while. */
    BREAKER_OPEN,
    /** Too many calls to this destination are running. */
    BUSY,
    /** The calling thread was interrupted, or the client is closed. */
    INTERRUPTED,
    /** A credential or certificate file cannot be read. */
    CREDENTIALS,
    /** The reply could not be written to the file. */
    STORAGE;

    /** The label value of metrics and logs. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;
  private final boolean mayHaveBeenReceived;

  HttpFailure(
      Reason reason, boolean mayHaveBeenReceived, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.mayHaveBeenReceived = mayHaveBeenReceived;
  }

  public Reason reason() {
    return reason;
  }

  /**
   * False only when the request certainly did not reach the other side. A caller whose request has
   * an effect must look at the world before it tries again when this is true.
   */
  public boolean mayHaveBeenReceived() {
    return mayHaveBeenReceived;
  }
}
