package dev.tidemark.webhook.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.webhook.journal.JournalView;
import dev.tidemark.webhook.journal.Receipt;
import dev.tidemark.webhook.journal.ReceiptAlert;
import dev.tidemark.webhook.journal.Slice;
import java.util.List;
import java.util.Set;

/** {@code /api/v1/receipts}: what arrived, newest first. */
record ReceiptApi(JournalView journal) {

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get(Paths.RECEIPTS, this::list));
  }

  private Answer list(Ask ask) throws BadRequest {
    ask.query().allow(Set.of("limit", "after"));
    int limit = EpisodeQuery.limit(ask.query());
    String after = ask.query().get("after");
    Slice<Receipt> slice = EpisodeQuery.place(() -> journal.receipts(limit, after));
    ObjectNode body = Json.object();
    body.set("receipts", Json.array(slice.items(), ReceiptApi::receipt));
    body.put(
        "next",
        slice.next() == null ? null : Paths.list(Paths.RECEIPTS, null, limit, slice.next()));
    return Answer.json(200, Json.write(body));
  }

  private static ObjectNode receipt(Receipt r) {
    ObjectNode node = Json.object();
    node.put("id", r.id());
    node.put("receivedAt", Json.time(r.receivedAt()));
    node.put("from", r.from());
    node.put("receiver", r.receiver());
    node.put("groupKey", r.groupKey());
    node.put("truncatedAlerts", r.truncatedAlerts());
    node.put("duplicateOf", r.duplicateOf());
    node.set("alerts", Json.array(r.alerts(), ReceiptApi::alert));
    return node;
  }

  private static ObjectNode alert(ReceiptAlert a) {
    return Json.object()
        .put("fingerprint", a.fingerprint().text())
        .put("status", a.status().text())
        .put("startsAt", Json.time(a.startsAt()))
        .put("episode", a.episode());
  }
}
