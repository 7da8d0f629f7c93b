package dev.tidemark.toolkit.web;

import dev.tidemark.toolkit.web.WebMetrics.TurnedAway;
import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets in whom the web configuration names; everyone when it names nobody. */
final class BasicAuth implements Handler<RoutingContext> {
  static final String USER = "tidemark.user";
  // wrong passwords cost 70 ms of two threads; more than this many waiting is an attack
  private static final int MAX_WAITING = 32;

  private record Login(String user, String password) {}

  private final Supplier<Users> users;
  private final WorkerExecutor bcrypt;
  private final WebMetrics metrics;
  private final AtomicInteger waiting = new AtomicInteger();

  BasicAuth(Supplier<Users> users, WorkerExecutor bcrypt, WebMetrics metrics) {
    this.users = users;
    this.bcrypt = bcrypt;
    this.metrics = metrics;
  }

  @Override
  public void handle(RoutingContext context) {
    Users current = users.get();
    if (current.isEmpty()) {
      context.next();
      return;
    }
    Optional<Login> login = login(context.request().getHeader("Authorization"));
    if (login.isEmpty()) {
      refuse(context);
      return;
    }
    String user = login.get().user;
    String password = login.get().password;
    if (current.isKnown(user, password)) {
      accept(context, user);
      return;
    }
    if (waiting.get() >= MAX_WAITING) {
      metrics.turnedAway(TurnedAway.BUSY);
      Answers.text(context, 503, "too many logins at a time");
      return;
    }
    waiting.incrementAndGet();
    context.request().pause();
    bcrypt
        .executeBlocking(() -> current.verify(user, password), false)
        .onComplete(
            done -> {
              waiting.decrementAndGet();
              if (context.response().ended() || context.response().closed()) {
                return;
              }
              if (done.failed()) {
                context.fail(done.cause());
              } else if (done.result()) {
                accept(context, user);
              } else {
                refuse(context);
              }
              context.request().resume();
            });
  }

  private static void accept(RoutingContext context, String user) {
    context.put(USER, user);
    context.next();
  }

  private void refuse(RoutingContext context) {
    metrics.turnedAway(TurnedAway.CREDENTIALS);
    context.response().putHeader("WWW-Authenticate", "Basic realm=\"tidemark\"");
    Answers.text(context, 401, "Unauthorized");
  }

  private static Optional<Login> login(@Nullable String header) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
      String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Login(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
