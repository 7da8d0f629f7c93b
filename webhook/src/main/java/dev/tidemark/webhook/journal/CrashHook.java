package dev.tidemark.webhook.journal;

/**
 * Called at every {@link CrashPoint}; does not return when the test wants the process to die there.
 */
public interface CrashHook {

  /** What runs in production. */
  CrashHook NONE = point -> {};

  void reached(CrashPoint point);
}
