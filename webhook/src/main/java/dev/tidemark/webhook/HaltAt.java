package dev.tidemark.webhook;

import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.CrashPoint;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process as SIGKILL would: no shutdown hook, no flush. Only with the hidden flag. */
final class HaltAt implements CrashHook {
  private static final Logger LOG = LoggerFactory.getLogger(HaltAt.class);

  /** As a shell reports SIGKILL. */
  private static final int KILLED = 137;

  private final WebhookFlags.Crash crash;
  private final AtomicInteger passed = new AtomicInteger();

  HaltAt(WebhookFlags.Crash crash) {
    this.crash = crash;
    LOG.atWarn()
        .addKeyValue("point", crash.point().text())
        .addKeyValue("times", crash.times())
        .log("this is a test: the program halts at a crash point");
  }

  @Override
  public void reached(CrashPoint point) {
    if (point == crash.point() && passed.incrementAndGet() == crash.times()) {
      LOG.atWarn().addKeyValue("point", point.text()).log("halting for a test");
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
