package dev.tidemark.webhook.intake;

/** Why a good notification was answered 503; also a metric label. */
enum NotStored {
  /** Too many wait for the journal already, here or in its own queue. */
  BUSY,
  /** The disk or the database refused. */
  WRITE,
  /** Not on disk in time. It may get there all the same; what is sent again is a duplicate then. */
  TIMEOUT,
  /** The server is going down. */
  STOPPING,
  /** A fault of ours; the log has it. */
  INTERNAL
}
