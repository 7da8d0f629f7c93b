package dev.tidemark.webhook.intake;

import dev.tidemark.webhook.journal.Arrival;
import dev.tidemark.webhook.journal.Receipt;
import dev.tidemark.webhook.journal.ReceiptAlert;
import dev.tidemark.webhook.journal.ReceiptLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal whose writes a test completes by hand. */
final class HandJournal implements ReceiptLog {
  final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  final List<CompletableFuture<Receipt>> writes = new CopyOnWriteArrayList<>();

  @Override
  public CompletableFuture<Receipt> append(Arrival arrival) {
    CompletableFuture<Receipt> write = new CompletableFuture<>();
    writes.add(write);
    arrivals.add(arrival);
    return write;
  }

  static Receipt receipt(Arrival arrival) {
    var n = arrival.notification();
    return new Receipt(
        "r-1",
        arrival.receivedAt(),
        arrival.from(),
        n.receiver(),
        n.groupKey(),
        n.truncatedAlerts(),
        null,
        n.alerts().stream()
            .map(a -> new ReceiptAlert(a.fingerprint(), a.status(), a.startsAt(), null))
            .toList());
  }
}
