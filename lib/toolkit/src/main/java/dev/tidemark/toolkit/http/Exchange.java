package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One attempt: resolve, check, connect to that address, send, and open the reply. */
final class Exchange {
  private final Clients clients;
  private final Resolver resolver;
  private final Credentials credentials;
  private final Watchdog watchdog;
  private final Pinning pinning;

  /** How the address that was checked becomes the one connected to. */
  record Pinning(boolean hostHeaderAllowed, boolean required, Optional<String> serverName) {}

  Exchange(
      Clients clients,
      Resolver resolver,
      Credentials credentials,
      Watchdog watchdog,
      Pinning pinning) {
    this.clients = clients;
    this.resolver = resolver;
    this.credentials = credentials;
    this.watchdog = watchdog;
    this.pinning = pinning;
  }

  /** Sends it once; a refused connection is tried at the host's next address. */
  Opened open(OutgoingRequest request, long maxBytes, Deadline deadline, boolean authorized)
      throws HttpFailure {
    String what = request.method() + " " + origin(request.uri());
    List<Credentials.Header> own = authorized ? credentials.headers() : List.of();
    HttpFailure last = null;
    List<Route> routes = routes(request.uri(), deadline);
    for (Route route : routes) {
      if (deadline.passed()) {
        break;
      }
      try {
        HttpResponse<InputStream> response =
            clients
                .of(route.tlsName)
                .send(
                    build(request, route, own, deadline),
                    HttpResponse.BodyHandlers.ofInputStream());
        return guarded(response, maxBytes, deadline);
      } catch (IOException e) {
        last = Failures.of(e, what, deadline);
        if (last.reason() != Reason.UNREACHABLE) {
          throw last;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HttpFailure(Reason.INTERRUPTED, true, what + ": interrupted", e);
      }
    }
    throw last != null ? last : Failures.timeout(what, deadline, false, null);
  }

  private record Route(URI uri, Optional<String> host, Optional<String> tlsName) {}

  private List<Route> routes(URI uri, Deadline deadline) throws HttpFailure {
    String host = uri.getHost();
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    boolean literal = Resolver.isLiteral(host);
    if (!literal && !pinning.hostHeaderAllowed) {
      if (pinning.required) {
        throw new HttpFailure(
            Reason.ADDRESS_REFUSED,
            false,
            "the checked address of "
                + host
                + " cannot be kept: start Java with -Djdk.httpclient.allowRestrictedHeaders=host",
            null);
      }
      return List.of(new Route(uri, Optional.empty(), Optional.empty()));
    }
    Optional<String> header = literal ? Optional.empty() : Optional.of(authority(uri));
    Optional<String> name =
        pinning.serverName.or(() -> literal ? Optional.empty() : Optional.of(host));
    return resolver.resolve(host, deadline).stream()
        .map(address -> new Route(at(uri, address), header, tls ? name : Optional.empty()))
        .toList();
  }

  private static HttpRequest build(
      OutgoingRequest request, Route route, List<Credentials.Header> own, Deadline deadline) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(route.uri).timeout(deadline.left());
    request.headers().forEach(builder::setHeader);
    route.host.ifPresent(host -> builder.setHeader("Host", host));
    own.forEach(header -> builder.header(header.name(), header.value()));
    builder.method(
        request.method(),
        request.body().length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(request.body()));
    return builder.build();
  }

  private Opened guarded(HttpResponse<InputStream> response, long maxBytes, Deadline deadline)
      throws HttpFailure {
    InputStream raw = response.body();
    Future<?> alarm =
        watchdog.at(
            deadline,
            () -> {
              try {
                raw.close();
              } catch (IOException e) {
                // the reader sees the closed stream
              }
            });
    String what = "the reply of " + origin(response.request().uri());
    try {
      long declared = response.headers().firstValueAsLong("Content-Length").orElse(0);
      if (declared > maxBytes && !response.request().method().equals("HEAD")) {
        throw new BoundedStream.TooLarge(maxBytes);
      }
      InputStream body = new BoundedStream(raw, maxBytes);
      String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
      if (encoding.equalsIgnoreCase("gzip")) {
        body = new BoundedStream(new LazyGzip(body), maxBytes);
      } else if (!encoding.equalsIgnoreCase("identity")) {
        throw new IOException("unknown Content-Encoding");
      }
      return new Opened(response.statusCode(), response.headers(), body, alarm);
    } catch (IOException | NumberFormatException e) {
      alarm.cancel(false);
      closeQuietly(raw);
      IOException io = e instanceof IOException known ? known : new IOException(e);
      throw Failures.of(io, what, deadline);
    }
  }

  /** Opens the gzip stream at the first read, since opening it reads. */
  private static final class LazyGzip extends InputStream {
    private final InputStream raw;
    private @Nullable InputStream opened;

    LazyGzip(InputStream raw) {
      this.raw = raw;
    }

    private InputStream in() throws IOException {
      InputStream in = opened;
      if (in == null) {
        in = new GZIPInputStream(raw, 8192);
        opened = in;
      }
      return in;
    }

    @Override
    public int read() throws IOException {
      return in().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in().read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      raw.close();
    }
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // the connection is given up either way
    }
  }

  private static URI at(URI uri, InetAddress address) {
    String text = address.getHostAddress();
    String host = text.indexOf(':') >= 0 ? "[" + text + "]" : text;
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return URI.create(uri.getScheme() + "://" + host + port + path + query);
  }

  private static String authority(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /** What messages say of a URL: no path and no query, which may hold a secret. */
  static String origin(URI uri) {
    return uri.getScheme() + "://" + authority(uri);
  }
}
