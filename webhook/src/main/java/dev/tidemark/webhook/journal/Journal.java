package dev.tidemark.webhook.journal;

/** The whole journal. Thread-safe. {@link #close} waits until what was accepted is on disk. */
public interface Journal extends JournalView, ReceiptLog, Controls, ExecutionLog, AutoCloseable {

  @Override
  void close();
}
