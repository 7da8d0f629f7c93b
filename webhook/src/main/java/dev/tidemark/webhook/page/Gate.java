package dev.tidemark.webhook.page;

import dev.tidemark.webhook.access.AccessRules;
import dev.tidemark.webhook.access.Caller;
import dev.tidemark.webhook.access.Role;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Lets through who may change something, with a body that can be read. */
record Gate(Role role, AccessRules access, Function<RoutingContext, Optional<String>> user)
    implements Handler<RoutingContext> {
  /** Enough for a plan's hash and two comments. */
  private static final int MAX_BODY = 16 << 10;

  @Override
  public void handle(RoutingContext ctx) {
    Caller caller = access.caller(user.apply(ctx));
    Optional<String> refused = access.refusal(caller, role);
    if (caller.name().equals(Caller.LOCAL)
        && !LocalHost.isIn(ctx.request().getHeader(HttpHeaders.HOST))) {
      Served.error(ctx, 403, "host", "the host of the request is not this machine");
    } else if (refused.isPresent()) {
      Served.error(ctx, 403, "role", refused.get());
    } else if (ctx.body().length() > MAX_BODY) {
      Served.error(ctx, 413, "too_large", "expected at most " + MAX_BODY + " bytes");
    } else if (!isForm(ctx) && !is(ctx, "application/json") && ctx.body().length() > 0) {
      Served.error(
          ctx, 415, "media_type", "expected application/json or application/x-www-form-urlencoded");
    } else {
      ctx.next();
    }
  }

  static boolean isForm(RoutingContext ctx) {
    return is(ctx, "application/x-www-form-urlencoded");
  }

  private static boolean is(RoutingContext ctx, String type) {
    String sent = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return sent != null && sent.toLowerCase(Locale.ROOT).startsWith(type);
  }
}
