package dev.tidemark.rules.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.toolkit.http.Bounds;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.HttpFailure;
import dev.tidemark.toolkit.http.HttpFailure.Reason;
import dev.tidemark.toolkit.http.OutgoingHttp;
import dev.tidemark.toolkit.http.OutgoingLimits;
import dev.tidemark.toolkit.http.OutgoingRequest;
import dev.tidemark.toolkit.http.Reply;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The HTTP API of one server. */
public final class ServerApi implements AutoCloseable {
  /** A thousand services' rules, with their last errors. */
  private static final Bounds BOUNDS = new Bounds(64 << 20, Duration.ofSeconds(30));

  private static final int SHOWN = 500;

  /** Of one that answered before, or is about to: it may have been started again just now. */
  private static final int ATTEMPTS = 3;

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** After so long it is told whom the program waits for. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final String url;
  private final Map<String, String> headers;
  private final Consumer<String> waits;
  private final OutgoingHttp http;
  private boolean known;

  /** Why it is asked again, as it was told last; it is told once until it answers. */
  private String toldAway = "";

  /**
   * @param name for messages: {@code Prometheus}
   * @param url with its path prefix
   * @param headers of each request
   * @param waits is told for what it waits, while it does
   */
  public ServerApi(
      String name,
      URI url,
      HttpConfig config,
      Map<String, String> headers,
      Consumer<String> waits) {
    this.name = name + " at " + url;
    this.url = url.toString().replaceAll("/+$", "");
    this.headers = Map.copyOf(headers);
    this.waits = waits;
    this.http =
        new OutgoingHttp(
            name,
            config,
            OutgoingLimits.defaults()
                .withConnectTimeout(CONNECT)
                .withRetries(new OutgoingLimits.Retries(1, PAUSE)));
  }

  public String name() {
    return name;
  }

  /**
   * That somebody listens, which is known before all else is: a connection and nothing more.
   *
   * @throws ApplyException where nobody does
   */
  public void reach() throws ApplyException {
    URI server = URI.create(url);
    int port = server.getPort() >= 0 ? server.getPort() : url.startsWith("https:") ? 443 : 80;
    String host = server.getHost().replaceAll("^\\[|\\]$", "");
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new ApplyException(
          ApplyException.Reason.NO_ANSWER, name + ": no address is known of " + host);
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) CONNECT.toMillis());
    } catch (SocketTimeoutException e) {
      throw new ApplyException(
          ApplyException.Reason.NO_ANSWER,
          name + ": no connection within " + CONNECT.toSeconds() + " s");
    } catch (IOException e) {
      throw new ApplyException(ApplyException.Reason.NO_ANSWER, name + ": " + e.getMessage());
    }
  }

  Reply get(String path) throws ApplyException {
    return send("GET", path, "", true);
  }

  Reply post(String path, String body) throws ApplyException {
    return send("POST", path, body, false);
  }

  Reply delete(String path) throws ApplyException {
    return send("DELETE", path, "", true);
  }

  /** Whether a reply is the server's that was meant. */
  @FunctionalInterface
  interface Expected {
    void check(Reply reply) throws PrometheusException;
  }

  /** The JSON of a path that must be there. */
  JsonNode json(String path, Expected expected) throws ApplyException {
    Reply reply = get(path);
    try {
      expected.check(reply);
      return new ObjectMapper().readTree(reply.body());
    } catch (PrometheusException e) {
      throw new ApplyException(ApplyException.Reason.NO_ANSWER, name + ": " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw new ApplyException(ApplyException.Reason.REFUSED, name + path + ": answers no JSON");
    } catch (IOException e) {
      throw new ApplyException(
          ApplyException.Reason.NO_ANSWER, name + path + ": " + e.getMessage());
    }
  }

  /** What the server says against it. */
  ApplyException refused(String path, Reply reply) {
    String text = reply.text().strip();
    return new ApplyException(
        ApplyException.Reason.REFUSED,
        name
            + path
            + ": status "
            + reply.status()
            + ": "
            + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text));
  }

  private Reply send(String method, String path, String body, boolean retrySafe)
      throws ApplyException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (!body.isEmpty()) {
      all.put("Content-Type", "application/yaml");
    }
    OutgoingRequest request =
        new OutgoingRequest(
            method, URI.create(url + path), all, body.getBytes(StandardCharsets.UTF_8), retrySafe);
    for (int attempt = 1; ; attempt++) {
      String away;
      boolean again;
      try {
        Reply reply = patiently(request);
        if (reply.status() != 502 && reply.status() != 503 && reply.status() != 504) {
          known = true;
          toldAway = "";
          return reply;
        }
        away = name + path + ": status " + reply.status() + ": not there now";
        again = retrySafe; // one that starts says so
      } catch (HttpFailure e) {
        away = name + ": " + e.getMessage();
        again =
            known
                && (e.reason() == Reason.UNREACHABLE || e.reason() == Reason.BROKEN)
                && (retrySafe || !e.mayHaveBeenReceived());
      }
      if (!again || attempt == ATTEMPTS) {
        throw new ApplyException(ApplyException.Reason.NO_ANSWER, away);
      }
      if (!away.equals(toldAway)) {
        waits.accept(away + "; it is asked again, it may be starting");
        toldAway = away;
      }
      LockSupport.parkNanos(PAUSE.multipliedBy(attempt).toNanos());
    }
  }

  /** Tells for what it waits. */
  void waits(String what) {
    waits.accept(what);
  }

  private Reply patiently(OutgoingRequest request) throws HttpFailure {
    CompletableFuture<Void> notice =
        CompletableFuture.runAsync(
            () -> waits.accept("for the answer of " + name),
            CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return http.send(request, BOUNDS);
    } finally {
      notice.cancel(false);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
