package dev.tidemark.webhook.dispatch;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeSeen;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.playbook.PolicySpec;
import dev.tidemark.webhook.policy.Seen;
import dev.tidemark.webhook.recheck.Recheck;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes episodes nobody speaks of any more, and removes what is older than retention says. */
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int AT_ONCE = 20;
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration PRUNE_EVERY = Duration.ofMinutes(30);

  private final Journal journal;
  private final EvidenceStore evidence;
  private final Supplier<Setup> setup;
  private Instant nextExpiry = Instant.MIN;
  private Instant nextPruning = Instant.MIN;

  public Housekeeping(Journal journal, EvidenceStore evidence, Supplier<Setup> setup) {
    this.journal = journal;
    this.evidence = evidence;
    this.setup = setup;
  }

  /** Called often; does something once a minute. */
  public void runDue(Instant now) {
    Setup current = setup.get();
    if (!now.isBefore(nextExpiry)) {
      nextExpiry = now.plus(EVERY);
      expire(current, now);
    }
    if (!now.isBefore(nextPruning)) {
      nextPruning = now.plus(PRUNE_EVERY);
      prune(current.retention(), now);
    }
  }

  private void expire(Setup current, Instant now) {
    Duration silence = current.retention().expireAfter();
    Instant since = now.minus(silence);
    Recheck alertmanager = current.rechecks().get(PolicySpec.Recheck.ALERTMANAGER);
    for (Episode episode : journal.silentSince(since, AT_ONCE)) {
      if (alertmanager == null) {
        close(episode, since, now, "nothing was heard of it for " + PromDuration.format(silence));
        continue;
      }
      Seen seen = alertmanager.look(episode, now);
      switch (seen.state()) {
        case FIRING, SUPPRESSED -> journal.commit(new EpisodeSeen(episode.id(), now));
        case NOT_FIRING -> close(episode, since, now, "Alertmanager does not have it any more");
        case UNKNOWN -> {
          // the others would wait for the same silence, and dispatch with them
          LOG.atWarn()
              .addKeyValue("episode", episode.id())
              .addKeyValue("reason", seen.text())
              .log("Alertmanager cannot be asked whether silent episodes still fire");
          return;
        }
      }
    }
  }

  private void close(Episode episode, Instant since, Instant now, String reason) {
    if (journal.expire(episode.id(), since, now, reason)) {
      LOG.atInfo()
          .addKeyValue("episode", episode.id())
          .addKeyValue("reason", reason)
          .log("episode expired");
    }
  }

  private void prune(Setup.Retention retention, Instant now) {
    List<String> gone =
        journal.prune(now.minus(retention.receipts()), now.minus(retention.episodes()));
    for (String episode : gone) {
      try {
        evidence.delete(episode);
      } catch (IOException e) {
        LOG.atWarn()
            .addKeyValue("episode", episode)
            .addKeyValue("reason", e.getMessage())
            .log("evidence beyond its retention could not be deleted, delete it by hand");
      }
    }
  }
}
