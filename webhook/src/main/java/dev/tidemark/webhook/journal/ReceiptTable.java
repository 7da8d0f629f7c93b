package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.alert.Alert;
import dev.tidemark.webhook.alert.AlertStatus;
import dev.tidemark.webhook.alert.Notification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores a receipt and, in the same transaction, what it means for the episodes. */
final class ReceiptTable {

  /** Retries and the second of a pair send the same within this time. */
  static final Duration DUPLICATE_WITHIN = Duration.ofMinutes(10);

  private final EpisodeTable episodes = new EpisodeTable();
  private final int keptBody;

  ReceiptTable(int keptBody) {
    this.keptBody = keptBody;
  }

  Receipt append(Sql sql, Arrival arrival) throws SQLException {
    Notification notification = arrival.notification();
    boolean changed = false;
    List<ReceiptAlert> alerts = new ArrayList<>();
    for (Alert alert : notification.alerts()) {
      EpisodeTable.Applied applied = episodes.apply(sql, notification, alert, arrival.receivedAt());
      changed |= applied.changed();
      alerts.add(
          new ReceiptAlert(
              alert.fingerprint(), alert.status(), alert.startsAt(), applied.episode()));
    }
    String hash = hash(notification);
    @Nullable String duplicateOf = changed ? null : earlier(sql, hash, arrival).orElse(null);
    long seq = sql.number("SELECT seq FROM sqlite_sequence WHERE name = 'receipts'") + 1;
    Receipt receipt =
        new Receipt(
            hash.substring(0, 16) + "-" + seq,
            Times.millis(arrival.receivedAt()),
            arrival.from(),
            notification.receiver(),
            notification.groupKey(),
            notification.truncatedAlerts(),
            duplicateOf,
            alerts);
    sql.update(
        """
        INSERT INTO receipts(seq, id, hash, received_at, sender, receiver, group_key, truncated, duplicate_of, alerts, body)
        VALUES(?,?,?,?,?,?,?,?,?,?,?)""",
        seq,
        receipt.id(),
        hash,
        receipt.receivedAt(),
        receipt.from(),
        receipt.receiver(),
        receipt.groupKey(),
        receipt.truncatedAlerts(),
        duplicateOf,
        JsonText.ofAlerts(alerts),
        duplicateOf == null ? kept(arrival.body()) : null);
    return receipt;
  }

  private Optional<String> earlier(Sql sql, String hash, Arrival arrival) throws SQLException {
    return sql.first(
        "SELECT coalesce(duplicate_of, id) AS id FROM receipts WHERE hash = ? AND received_at >= ? ORDER BY seq LIMIT 1",
        row -> Rows.text(row, "id"),
        hash,
        arrival.receivedAt().minus(DUPLICATE_WITHIN));
  }

  private String kept(String body) {
    return body.length() <= keptBody ? body : body.substring(0, keptBody);
  }

  /** Of what a notification says, apart from what differs between the two of a pair. */
  static String hash(Notification notification) {
    List<String> parts = new ArrayList<>();
    for (Alert alert : notification.alerts()) {
      String end = alert.status() == AlertStatus.RESOLVED ? String.valueOf(alert.endsAt()) : "";
      parts.add(alert.fingerprint() + " " + alert.cluster() + " " + alert.status() + " " + end);
    }
    parts.sort(null);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(notification.groupKey().getBytes(StandardCharsets.UTF_8));
      for (String part : parts) {
        digest.update((byte) 0);
        digest.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
