package dev.tidemark.e2e.supervisor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Restarts what it owns when asked over HTTP, exactly once for each {@code Idempotency-Key}.
 *
 * <ul>
 *   <li>{@code POST /restart/NAME} with a key answers 200 when that restart is done; the same key
 *       again waits for, or tells of, the one restart there was. 400 without a key, 404 for a name
 *       it does not own, 409 for a key that was used for another name.
 *   <li>{@code GET /restarts/KEY} answers 200 when that restart is done, 202 while it runs, 500
 *       when it failed, 404 when no such key was ever accepted: so a client that crashed can ask
 *       what became of its request.
 * </ul>
 *
 * A restart goes on when its client is gone. Thread-safe.
 */
public final class Supervisor implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_KEY = 200;

  private final Map<String, Owned> owned = new ConcurrentHashMap<>();
  private final Map<String, Restart> restarts = new ConcurrentHashMap<>();
  private final ExecutorService work = Executors.newCachedThreadPool(Supervisor::daemon);
  private final HttpServer server;

  private Supervisor(HttpServer server) {
    this.server = server;
  }

  /** How something is restarted; returns when it serves again. */
  @FunctionalInterface
  public interface Owned {
    void restart() throws Exception;
  }

  private record Restart(String name, CompletableFuture<String> result) {
    String state() {
      if (!result.isDone()) {
        return "running";
      }
      return result.isCompletedExceptionally() ? "failed" : "done";
    }
  }

  public static Supervisor start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    Supervisor supervisor = new Supervisor(server);
    server.createContext("/restart/", exchange -> supervisor.answer(exchange, true));
    server.createContext("/restarts/", exchange -> supervisor.answer(exchange, false));
    server.setExecutor(supervisor.work);
    server.start();
    return supervisor;
  }

  public void own(String name, Owned restartable) {
    owned.put(name, restartable);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many restarts were accepted for a name, whatever became of them. */
  public long accepted(String name) {
    return restarts.values().stream().filter(restart -> restart.name().equals(name)).count();
  }

  private void answer(HttpExchange exchange, boolean restart) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String last = path.substring(path.lastIndexOf('/') + 1);
      if (restart) {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        restart(exchange, last, key == null ? "" : key);
      } else {
        tell(exchange, last);
      }
    }
  }

  private void restart(HttpExchange exchange, String name, String key) throws IOException {
    Owned target = owned.get(name);
    if (!exchange.getRequestMethod().equals("POST")) {
      reply(exchange, 405, Map.of("error", "POST restarts"));
    } else if (key.isBlank() || key.length() > LONGEST_KEY) {
      reply(exchange, 400, Map.of("error", "an Idempotency-Key header of 1 to 200 characters"));
    } else if (target == null) {
      reply(exchange, 404, Map.of("error", "this supervisor owns " + owned.keySet()));
    } else {
      Restart restart = restarts.computeIfAbsent(key, unused -> begin(name, target));
      if (!restart.name().equals(name)) {
        reply(exchange, 409, Map.of("error", "this key restarted " + restart.name()));
        return;
      }
      var unused = restart.result().exceptionally(failure -> "failed").join();
      describe(exchange, key, restart);
    }
  }

  private Restart begin(String name, Owned target) {
    CompletableFuture<String> result =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                target.restart();
                return "done";
              } catch (Exception e) {
                throw new IllegalStateException(name + " was not restarted: " + e, e);
              }
            },
            work);
    return new Restart(name, result);
  }

  private void tell(HttpExchange exchange, String key) throws IOException {
    Restart restart = restarts.get(key);
    if (restart == null) {
      reply(exchange, 404, Map.of("key", key, "state", "unknown"));
    } else {
      describe(exchange, key, restart);
    }
  }

  private static void describe(HttpExchange exchange, String key, Restart restart)
      throws IOException {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("key", key);
    body.put("name", restart.name());
    body.put("state", restart.state());
    int status =
        switch (restart.state()) {
          case "done" -> 200;
          case "running" -> 202;
          default -> 500;
        };
    reply(exchange, status, body);
  }

  private static void reply(HttpExchange exchange, int status, Map<String, String> body)
      throws IOException {
    byte[] bytes = (JSON.writeValueAsString(body) + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "supervisor");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    var unused = work.shutdownNow();
  }
}
