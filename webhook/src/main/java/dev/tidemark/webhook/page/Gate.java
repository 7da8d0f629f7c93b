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

/** Lets through who may change something, before a byte of the body is read. */
record Gate(Role role, AccessRules access, Function<RoutingContext, Optional<String>> user)
    implements Handler<RoutingContext> {

  @Override
  public void handle(RoutingContext ctx) {
    Caller caller = access.caller(user.apply(ctx));
    Optional<String> elsewhere =
        SameOrigin.refusal(
            ctx.request().authority() == null ? null : ctx.request().authority().toString(),
            ctx.request().getHeader("sec-fetch-site"),
            ctx.request().getHeader(HttpHeaders.ORIGIN),
            caller.name().equals(Caller.LOCAL));
    Optional<String> refused = elsewhere.or(() -> access.refusal(caller, role));
    if (refused.isPresent()) {
      Served.error(ctx, 403, elsewhere.isPresent() ? "cross_site" : "role", refused.get());
    } else if (!isForm(ctx) && !is(ctx, "application/json") && hasBody(ctx)) {
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

  private static boolean hasBody(RoutingContext ctx) {
    String length = ctx.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return (length != null && !length.equals("0"))
        || ctx.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }
}
