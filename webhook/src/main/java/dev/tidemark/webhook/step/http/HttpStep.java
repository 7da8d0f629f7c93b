package dev.tidemark.webhook.step.http;

import dev.tidemark.toolkit.http.Bounds;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.HttpFailure;
import dev.tidemark.toolkit.http.OutgoingHttp;
import dev.tidemark.toolkit.http.OutgoingRequest;
import dev.tidemark.toolkit.http.Reply;
import dev.tidemark.webhook.playbook.HttpSpec;
import dev.tidemark.webhook.playbook.JsonTemplate;
import dev.tidemark.webhook.playbook.Values;
import dev.tidemark.webhook.step.Destinations;
import dev.tidemark.webhook.step.Said;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.Step;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.StepResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends one request, once. When it cannot be told whether it arrived, the other side is asked by
 * the step's id; the request goes out again only after the other side said that it has not seen it,
 * and under the same key.
 */
public final class HttpStep implements Step {
  private static final long MAX_REPLY = 1 << 20;
  private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(10);

  private final HttpSpec spec;
  private final List<EndpointConfig> endpoints;
  private final Destinations destinations;

  public HttpStep(HttpSpec spec, List<EndpointConfig> endpoints, Destinations destinations) {
    this.spec = spec;
    this.endpoints = List.copyOf(endpoints);
    this.destinations = destinations;
  }

  @Override
  public String intent(StepContext context) {
    Values values = values(context);
    if (spec.body() != null) {
      spec.body().fill(values); // a label that is absent shows before anything is sent
    }
    if (spec.settle() != null) {
      spec.settle().url().fill(values);
    }
    return spec.method() + " " + spec.url().fill(values(context));
  }

  @Override
  public boolean changesTarget() {
    return true;
  }

  @Override
  public StepResult run(StepContext context) {
    Values values = values(context);
    URI uri = spec.url().fill(values);
    try {
      Reply reply =
          client(uri)
              .send(
                  request(uri, values, context.stepId()),
                  new Bounds(MAX_REPLY, shorter(spec.timeout(), context.time())));
      String answered = "answered " + reply.status() + said(reply);
      if (spec.accepts(reply.status())) {
        return StepResult.ok(answered);
      }
      boolean mayHaveActed = reply.status() >= 500 && spec.settle() != null;
      return mayHaveActed ? StepResult.unsettled(answered) : StepResult.failed(answered);
    } catch (HttpFailure e) {
      String message = String.valueOf(e.getMessage());
      return e.mayHaveBeenReceived()
          ? StepResult.unsettled("no answer: " + message)
          : StepResult.failed("was not sent: " + message);
    }
  }

  @Override
  public Settlement settle(StepContext context) {
    HttpSpec.Settle settle = spec.settle();
    if (settle == null) {
      return new Settlement.Unknown(
          "the step has no settle, so nobody can be asked whether it happened");
    }
    URI uri = settle.url().fill(values(context));
    try {
      Reply reply =
          client(uri)
              .send(
                  OutgoingRequest.get(uri),
                  new Bounds(MAX_REPLY, shorter(SETTLE_TIMEOUT, context.time())));
      String answered = "settle answered " + reply.status();
      if (settle.success().contains(reply.status())) {
        return new Settlement.Ended(StepResult.ok("has happened: " + answered + said(reply)));
      }
      return settle.absent().contains(reply.status())
          ? new Settlement.Repeat("has not happened: " + answered)
          : new Settlement.AskAgain(answered);
    } catch (HttpFailure e) {
      return new Settlement.AskAgain("settle: " + e.getMessage());
    }
  }

  private OutgoingRequest request(URI uri, Values values, String key) {
    Map<String, String> headers = new LinkedHashMap<>(spec.headers());
    headers.put("Idempotency-Key", key);
    JsonTemplate body = spec.body();
    byte[] bytes = new byte[0];
    if (body != null) {
      headers.putIfAbsent("Content-Type", "application/json");
      bytes = body.fill(values).getBytes(StandardCharsets.UTF_8);
    }
    return new OutgoingRequest(spec.method().name(), uri, headers, bytes, false);
  }

  private OutgoingHttp client(URI uri) {
    HttpConfig config =
        endpoints.stream()
            .filter(endpoint -> endpoint.covers(uri))
            .map(EndpointConfig::http)
            .findFirst()
            .orElse(HttpConfig.NONE);
    return destinations.of("http " + EndpointConfig.origin(uri), config);
  }

  private static Values values(StepContext context) {
    return context.values().with("stepId", context.stepId());
  }

  private static String said(Reply reply) {
    String text = Said.shortly(reply.text());
    return text.isEmpty() ? "" : ": " + text;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
