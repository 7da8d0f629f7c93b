package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What an exception of the JDK's client means. */
final class Failures {
  static HttpFailure of(IOException e, String what, Deadline deadline) {
    if (caused(e, BoundedStream.TooLarge.class) != null) {
      return new HttpFailure(Reason.TOO_LARGE, true, what + ": " + e.getMessage(), e);
    }
    if (e instanceof HttpConnectTimeoutException) {
      return new HttpFailure(Reason.UNREACHABLE, false, what + ": connecting timed out", e);
    }
    if (deadline.passed() || e instanceof HttpTimeoutException) {
      return timeout(what, deadline, true, e);
    }
    if (caused(e, ConnectException.class) != null
        || caused(e, UnresolvedAddressException.class) != null
        || caused(e, NoRouteToHostException.class) != null
        || caused(e, UnknownHostException.class) != null) {
      return new HttpFailure(Reason.UNREACHABLE, false, what + ": " + said(e, "refused"), e);
    }
    SSLException tls = caused(e, SSLException.class);
    if (tls != null) {
      boolean handshake = tls instanceof SSLHandshakeException;
      return new HttpFailure(Reason.TLS, !handshake, what + ": TLS: " + said(tls, "failed"), e);
    }
    return new HttpFailure(Reason.BROKEN, true, what + ": " + said(e, "connection lost"), e);
  }

  static HttpFailure timeout(
      String what, Deadline deadline, boolean received, @Nullable Throwable cause) {
    String message = what + ": no complete reply within " + deadline.timeout().toMillis() + " ms";
    return new HttpFailure(Reason.TIMEOUT, received, message, cause);
  }

  private static String said(Throwable e, String otherwise) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? otherwise : message;
  }

  private static <T extends Throwable> @Nullable T caused(Throwable e, Class<T> type) {
    Throwable at = e;
    for (int depth = 0; at != null && depth < 10; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }

  private Failures() {}
}
