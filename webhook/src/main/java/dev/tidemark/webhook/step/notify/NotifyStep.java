package dev.tidemark.webhook.step.notify;

import dev.tidemark.toolkit.http.Bounds;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.HttpFailure;
import dev.tidemark.toolkit.http.OutgoingRequest;
import dev.tidemark.toolkit.http.Reply;
import dev.tidemark.webhook.playbook.NotifySpec;
import dev.tidemark.webhook.step.Destinations;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.Step;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.StepResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Posts a message. At least once: after a crash it is sent again, under the same Idempotency-Key.
 */
public final class NotifyStep implements Step {
  private static final Bounds BOUNDS = new Bounds(64 << 10, Duration.ofSeconds(15));

  private final NotifySpec spec;
  private final List<NotifierConfig> notifiers;
  private final Destinations destinations;

  public NotifyStep(NotifySpec spec, List<NotifierConfig> notifiers, Destinations destinations) {
    this.spec = spec;
    this.notifiers = List.copyOf(notifiers);
    this.destinations = destinations;
  }

  @Override
  public String intent(StepContext context) {
    return "notify " + spec.to() + ": " + spec.text().fill(context.values());
  }

  @Override
  public boolean changesTarget() {
    return false;
  }

  @Override
  public StepResult run(StepContext context) {
    Optional<NotifierConfig> found =
        notifiers.stream().filter(notifier -> notifier.name().equals(spec.to())).findFirst();
    if (found.isEmpty()) {
      return StepResult.failed("the configuration has no notifier " + spec.to() + " any more");
    }
    NotifierConfig notifier = found.get();
    String text = spec.text().fill(context.values());
    String body = notifier.slack() != null ? Messages.slack(text) : Messages.webhook(context, text);
    try {
      HttpConfig http = notifier.endpoint().http();
      Reply reply =
          destinations
              .of("notifier " + notifier.name(), http == null ? HttpConfig.NONE : http)
              .send(
                  OutgoingRequest.post(
                          notifier.endpoint().address(),
                          "application/json",
                          body.getBytes(StandardCharsets.UTF_8))
                      .withHeader("Idempotency-Key", context.stepId())
                      .repeatable(),
                  BOUNDS);
      return reply.ok()
          ? StepResult.ok("told " + notifier.name() + ", answered " + reply.status())
          : StepResult.failed(notifier.name() + " answered " + reply.status());
    } catch (HttpFailure e) {
      // the message of a failure names the host only; the URL may be the credential
      return StepResult.failed(notifier.name() + ": " + e.reason().label());
    } catch (IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException e) {
      return StepResult.failed(notifier.name() + ": its URL cannot be used or read");
    }
  }

  @Override
  public Settlement settle(StepContext context) {
    return new Settlement.Repeat("told again rather than not at all");
  }
}
