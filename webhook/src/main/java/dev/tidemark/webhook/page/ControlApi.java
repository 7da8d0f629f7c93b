package dev.tidemark.webhook.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.webhook.access.Role;
import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Controls;
import dev.tidemark.webhook.journal.JournalException;
import dev.tidemark.webhook.journal.Pause;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What people tell the webhook: their answer to a plan, and whether to act at all. */
record ControlApi(Controls controls, InstantSource clock) {
  private static final int MAX_TEXT = 500;

  /** Far longer than a write takes; a person waits for the answer. */
  private static final long SECONDS = 10;

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(Paths.EPISODES + "/{id}/approve", Role.APPROVER, ask -> answer(ask, true)),
        Endpoint.post(Paths.EPISODES + "/{id}/refuse", Role.APPROVER, ask -> answer(ask, false)),
        Endpoint.post("/api/v1/pause", Role.OPERATOR, ask -> pause(ask, true)),
        Endpoint.post("/api/v1/resume", Role.OPERATOR, ask -> pause(ask, false)));
  }

  private Answer answer(Ask ask, boolean approved) throws BadRequest {
    allow(ask, Set.of("planHash", "comment"));
    String hash = ask.field("planHash").orElse("");
    if (hash.isEmpty()) {
      throw new BadRequest(
          "planHash: missing; it is execution.planHash of "
              + Paths.api(ask.id())
              + ", so that"
              + " what runs is what was read");
    }
    Approval approval =
        await(
            controls.answer(
                new Approval(
                    ask.id(),
                    clock.instant(),
                    ask.caller().name(),
                    approved,
                    hash,
                    text(ask, "comment"))));
    if (ask.form()) {
      return Answer.see(Paths.page(ask.id()));
    }
    ObjectNode body = Json.object();
    body.put("episode", approval.episode());
    body.put("at", Json.time(approval.at()));
    body.put("user", approval.user());
    body.put("approved", approval.approved());
    return Answer.json(200, Json.write(body));
  }

  private Answer pause(Ask ask, boolean paused) throws BadRequest {
    allow(ask, Set.of("reason"));
    Pause now =
        await(
            controls.setPause(
                new Pause(paused, clock.instant(), ask.caller().name(), text(ask, "reason"))));
    if (ask.form()) {
      return Answer.see("/");
    }
    ObjectNode body = Json.object();
    body.put("paused", now.paused());
    body.put("since", Json.time(now.since()));
    body.put("by", now.by());
    body.put("reason", now.reason());
    return Answer.json(200, Json.write(body));
  }

  private static void allow(Ask ask, Set<String> known) throws BadRequest {
    for (Map.Entry<String, String> field : ask.fields().entrySet()) {
      if (!known.contains(field.getKey())) {
        throw new BadRequest(
            "unknown field \"%s\": expected %s"
                .formatted(Shown.cut(field.getKey()), String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private static String text(Ask ask, String field) throws BadRequest {
    String text = ask.field(field).orElse("");
    if (text.length() > MAX_TEXT) {
      throw new BadRequest(
          field + ": " + text.length() + " characters, expected at most " + MAX_TEXT);
    }
    return text;
  }

  private static <T> T await(CompletableFuture<T> stored) {
    try {
      return stored.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new JournalException(
          JournalException.Reason.WRITE,
          "not on disk after " + SECONDS + " s; look before trying again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException(JournalException.Reason.CLOSED, "the server is stopping");
    }
  }
}
