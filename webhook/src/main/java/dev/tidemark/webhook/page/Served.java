package dev.tidemark.webhook.page;

import dev.tidemark.webhook.access.AccessRules;
import dev.tidemark.webhook.journal.JournalException;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One endpoint on the server: request in, answer out, every failure told. */
record Served(
    Vertx vertx,
    Endpoint endpoint,
    AccessRules access,
    Function<RoutingContext, Optional<String>> user)
    implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(Served.class);

  @Override
  public void handle(RoutingContext ctx) {
    Ask ask;
    try {
      ask = ask(ctx);
    } catch (BadRequest e) {
      error(ctx, 400, "bad_request", String.valueOf(e.getMessage()));
      return;
    }
    vertx
        .executeBlocking(() -> endpoint.work().answer(ask), false)
        .onSuccess(answer -> send(ctx, answer))
        .onFailure(failure -> failed(ctx, failure));
  }

  private Ask ask(RoutingContext ctx) throws BadRequest {
    boolean form = Gate.isForm(ctx);
    Map<String, String> fields = Map.of();
    if (endpoint.role() != null) {
      String body = ctx.body().asString();
      fields = form ? formFields(ctx) : Fields.ofJson(body == null ? "" : body);
    }
    return new Ask(
        ctx.pathParams(),
        new Parameters(all(ctx.queryParams())),
        fields,
        form,
        access.caller(user.apply(ctx)));
  }

  private static Map<String, String> formFields(RoutingContext ctx) throws BadRequest {
    Parameters form = new Parameters(all(ctx.request().formAttributes()));
    form.allow(form.all().keySet());
    Map<String, String> fields = new LinkedHashMap<>();
    form.all().forEach((name, values) -> fields.put(name, values.get(0)));
    return fields;
  }

  private static Map<String, List<String>> all(MultiMap map) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    map.names().forEach(name -> all.put(name, map.getAll(name)));
    return all;
  }

  private void send(RoutingContext ctx, Answer answer) {
    HttpServerResponse response = ctx.response();
    InputStream content = answer.content();
    if (!response.ended() && !response.closed()) {
      head(response, answer);
    }
    if (content != null) {
      Streamed.of(vertx, content, response).onFailure(failure -> failed(ctx, failure));
    } else if (!response.ended() && !response.closed()) {
      response.end(Buffer.buffer(answer.bytes()));
    }
  }

  private static void head(HttpServerResponse response, Answer answer) {
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    answer.headers().forEach(response::putHeader);
  }

  private static void failed(RoutingContext ctx, Throwable failure) {
    if (ctx.response().closed()) {
      LOG.debug("the reader left", failure);
    } else if (failure instanceof BadRequest) {
      error(ctx, 400, "bad_request", String.valueOf(failure.getMessage()));
    } else if (failure instanceof JournalException refused) {
      int status =
          switch (refused.reason()) {
            case NOT_FOUND -> 404;
            case NOT_WAITING, PLAN_CHANGED -> 409;
            case FULL, WRITE, CLOSED, LOCKED, UNREADABLE -> 503;
          };
      error(ctx, status, refused.reason().text(), String.valueOf(refused.getMessage()));
    } else {
      ctx.fail(500, failure);
    }
  }

  /** For a route's failureHandler. */
  static void fail(RoutingContext ctx) {
    int status = ctx.statusCode() >= 400 ? ctx.statusCode() : 500;
    if (status >= 500) {
      LOG.error("request failed", ctx.failure());
    }
    String what = status == 413 ? "the body is too large" : "the request failed";
    error(ctx, status, status >= 500 ? "internal" : "request", what);
  }

  /** Tells what went wrong: JSON under /api and /-, a page elsewhere. */
  static void error(RoutingContext ctx, int status, String reason, String message) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    boolean api = ctx.request().path().matches("/(api|-)/.*") && !Gate.isForm(ctx);
    Answer answer =
        api
            ? Answer.json(status, Json.error(reason.toLowerCase(Locale.ROOT), message))
            : Answer.html(status, ErrorView.render(message));
    head(response, answer);
    response.end(Buffer.buffer(answer.bytes()));
  }
}
