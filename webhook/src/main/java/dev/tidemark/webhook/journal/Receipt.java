package dev.tidemark.webhook.journal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification that is on disk.
 *
 * @param id of letters, digits and {@code -}; unique
 * @param duplicateOf the receipt within the last ten minutes that said the same, when this one
 *     changed nothing
 */
public record Receipt(
    String id,
    Instant receivedAt,
    String from,
    String receiver,
    String groupKey,
    long truncatedAlerts,
    @Nullable String duplicateOf,
    List<ReceiptAlert> alerts) {
  public Receipt {
    alerts = List.copyOf(alerts);
  }
}
