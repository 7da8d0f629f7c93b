package dev.tidemark.webhook.step.pprof;

import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.playbook.PprofSpec;
import dev.tidemark.webhook.playbook.Profile;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.Step;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.StepResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Captures the profiles one after another, cheap ones before the full dump. */
public final class PprofStep implements Step {
  private static final Profile COUNTS = new Profile("goroutine", "debug=1");

  private final PprofSpec spec;
  private final ProfileFetch fetch;
  private final EvidenceStore store;

  public PprofStep(PprofSpec spec, ProfileFetch fetch, EvidenceStore store) {
    this.spec = spec;
    this.fetch = fetch;
    this.store = store;
  }

  @Override
  public String intent(StepContext context) {
    return "capture "
        + spec.profiles().stream().map(Profile::toString).collect(Collectors.joining(", "))
        + " from "
        + context.target().pprof();
  }

  @Override
  public boolean changesTarget() {
    return false;
  }

  @Override
  public StepResult run(StepContext context) {
    Captures captures = new Captures(spec, fetch, store, context);
    for (Profile profile : ordered()) {
      if (profile.isFullDump() && profile.name().startsWith("goroutine")) {
        fullDump(captures, profile);
      } else {
        captures.take(profile);
      }
    }
    return captures.result();
  }

  private void fullDump(Captures captures, Profile profile) {
    OptionalLong goroutines = captures.goroutines(COUNTS);
    if (goroutines.isEmpty()) {
      captures.leaveOut(profile, "how many goroutines there are is not known");
    } else if (goroutines.getAsLong() > spec.fullDumpUpTo()) {
      captures.leaveOut(
          profile,
          goroutines.getAsLong()
              + " goroutines, more than fullDumpUpTo "
              + spec.fullDumpUpTo()
              + "; "
              + COUNTS
              + " tells the same");
    } else {
      captures.take(profile);
    }
  }

  /** Looking twice does no harm; but what is complete need not be asked for again. */
  @Override
  public Settlement settle(StepContext context) {
    List<Evidence> there = new ArrayList<>();
    try {
      for (Profile profile : spec.profiles()) {
        String name = Captures.fileName(context, profile);
        Optional<EvidenceStore.Stored> stored = store.find(context.episode().id(), name);
        if (stored.isPresent()) {
          there.add(Captures.evidence(context, profile, stored.get()));
        } else if (!profile.isOptional()) {
          return new Settlement.Repeat(name + " is not there; capturing again does no harm");
        }
      }
    } catch (IOException e) {
      return new Settlement.Repeat("the evidence cannot be read: " + e.getMessage());
    }
    return new Settlement.Ended(
        StepResult.ok("was captured before the interruption: " + there.size() + " files")
            .with(there));
  }

  private List<Profile> ordered() {
    return spec.profiles().stream().sorted(Comparator.comparing(Profile::isFullDump)).toList();
  }
}
