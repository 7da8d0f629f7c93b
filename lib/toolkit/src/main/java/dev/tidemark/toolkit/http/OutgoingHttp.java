package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All calls to one named destination, over HTTP/1.1: credentials and TLS of its configuration,
 * bounded time, bytes and concurrency, repeated only where that is safe, left alone for a while
 * when it keeps failing. Calls block the calling thread. Safe for use by several threads.
 */
public final class OutgoingHttp implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final String destination;
  private final HttpConfig config;
  private final Guard guard;
  private final Exchange exchange;
  private final Watchdog watchdog;
  private final OutgoingMetrics metrics;
  private final Clients clients;
  private volatile boolean closed;

  /** Calls to any address, not counted. */
  public OutgoingHttp(String destination, HttpConfig config, OutgoingLimits limits) {
    this(destination, config, limits, AddressPolicy.any(), OutgoingMetrics.none());
  }

  /**
   * @param destination names it in metrics, messages and threads: {@code prometheus}, {@code slack}
   * @param addresses what the host of a URL may resolve to; one refused address refuses the host
   */
  public OutgoingHttp(
      String destination,
      HttpConfig config,
      OutgoingLimits limits,
      AddressPolicy addresses,
      OutgoingMetrics metrics) {
    this(destination, config, limits, new Resolver(InetAddress::getAllByName, addresses), metrics);
  }

  OutgoingHttp(
      String destination,
      HttpConfig config,
      OutgoingLimits limits,
      Resolver resolver,
      OutgoingMetrics metrics) {
    this.destination = destination;
    this.config = config;
    this.metrics = metrics;
    this.guard = new Guard(destination, limits);
    this.watchdog = new Watchdog(destination);
    this.clients = new Clients(config, limits.connectTimeout());
    HttpConfig.TlsConfig tls = config.tlsConfig();
    Optional<String> serverName =
        tls == null ? Optional.empty() : Optional.ofNullable(tls.serverName());
    boolean required = serverName.isPresent() || resolver.isSelective();
    this.exchange =
        new Exchange(
            clients,
            resolver,
            new Credentials(config),
            watchdog,
            new Exchange.Pinning(HostHeader.allow(), required, serverName));
  }

  /** The complete reply, whatever its status. */
  public Reply send(OutgoingRequest request, Bounds bounds) throws HttpFailure {
    OutgoingRequest asking =
        request.headers().containsKey("Accept-Encoding")
            ? request
            : request.withHeader("Accept-Encoding", "gzip");
    return stream(
        asking, bounds, (status, headers, body) -> new Reply(status, headers, body.readAllBytes()));
  }

  /**
   * Gives the reply to a reader while it arrives. Only what happens before the reader sees it is
   * repeated.
   */
  public <T, X extends Exception> T stream(
      OutgoingRequest request, Bounds bounds, ReplyReader<T, X> reader) throws HttpFailure, X {
    long since = System.nanoTime();
    Seen<T, X> seen = new Seen<>(reader);
    String outcome = "reader_failed";
    try {
      T result = guarded(request, bounds, seen);
      outcome = seen.outcome();
      return result;
    } catch (HttpFailure e) {
      outcome = e.reason().label();
      throw e;
    } finally {
      metrics.done(destination, outcome, System.nanoTime() - since);
    }
  }

  /**
   * Saves a 2xx reply as a file. The file appears under its name complete and on disk, or not at
   * all; an existing one is replaced. Any other status is a failure.
   */
  public Downloaded download(OutgoingRequest request, Bounds bounds, Path target)
      throws HttpFailure {
    return stream(request, bounds, new Download(target));
  }

  /** Reads every credential and certificate once, so that a mistake shows at start. */
  public void checkCredentials() throws HttpFailure {
    List<Credentials.Header> unused = new Credentials(config).headers();
    clients.of(Optional.empty());
  }

  /** Whether the circuit breaker is open. */
  public boolean isLeftAlone() {
    return guard.isOpen();
  }

  /** Refuses further calls; those under way end by their deadlines. */
  @Override
  public void close() {
    closed = true;
    watchdog.close();
  }

  private <T, X extends Exception> T guarded(
      OutgoingRequest request, Bounds bounds, ReplyReader<T, X> reader) throws HttpFailure, X {
    if (closed) {
      throw new HttpFailure(
          Reason.INTERRUPTED, false, destination + ": the client is closed", null);
    }
    Deadline deadline = Deadline.in(bounds.timeout());
    guard.enter();
    try (Guard.Ticket ticket =
        guard.open(request.retrySafe(), deadline, () -> follow(request, bounds, deadline))) {
      Opened opened = ticket.opened();
      try {
        return reader.read(opened.status(), opened.headers(), opened.body());
      } catch (IOException e) {
        HttpFailure failure = Failures.of(e, destination, deadline);
        ticket.settle(Guard.countsAgainst(failure));
        throw failure;
      }
    } finally {
      guard.leave();
    }
  }

  private Opened follow(OutgoingRequest request, Bounds bounds, Deadline deadline)
      throws HttpFailure {
    OutgoingRequest current = request;
    for (int hop = 0; ; hop++) {
      boolean same = Exchange.origin(current.uri()).equals(Exchange.origin(request.uri()));
      Opened opened = exchange.open(current, bounds.maxBytes(), deadline, same);
      URI next = config.followRedirects() ? redirect(current, opened) : null;
      if (next == null) {
        return opened;
      }
      opened.close();
      if (hop == MAX_REDIRECTS) {
        throw new HttpFailure(
            Reason.STATUS, true, destination + ": more than " + MAX_REDIRECTS + " redirects", null);
      }
      current = current.to(next);
    }
  }

  /** Remembers the status for the metrics. */
  private static final class Seen<T, X extends Exception> implements ReplyReader<T, X> {
    private final ReplyReader<T, X> reader;
    private int status;

    Seen(ReplyReader<T, X> reader) {
      this.reader = reader;
    }

    @Override
    public T read(int code, HttpHeaders headers, InputStream body) throws IOException, X {
      status = code;
      return reader.read(code, headers, body);
    }

    String outcome() {
      return status / 100 == 2 ? "ok" : "status_" + status / 100 + "xx";
    }
  }

  private static @Nullable URI redirect(OutgoingRequest request, Opened opened) {
    Optional<String> location = opened.headers().firstValue("Location");
    boolean plain = request.method().equals("GET") || request.method().equals("HEAD");
    boolean keepsMethod = opened.status() == 307 || opened.status() == 308;
    if (location.isEmpty() || !REDIRECTS.contains(opened.status()) || !(plain || keepsMethod)) {
      return null;
    }
    try {
      URI next = request.uri().resolve(location.get());
      boolean downgrade =
          "https".equalsIgnoreCase(request.uri().getScheme())
              && !"https".equalsIgnoreCase(next.getScheme());
      return downgrade || next.getHost() == null ? null : next;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
