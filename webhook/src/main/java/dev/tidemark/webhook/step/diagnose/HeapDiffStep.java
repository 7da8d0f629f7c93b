package dev.tidemark.webhook.step.diagnose;

import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.playbook.HeapDiffSpec;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.Step;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the newest heap profile of the episode with its oldest of the same kind, else with the
 * one that somebody keeps for the target.
 */
public final class HeapDiffStep implements Step {

  /** Where profiles of targets in good health are kept, beside the episodes' folders. */
  public static final String KEPT = "baselines";

  /** A name of the pprof step: its number, then what was asked for. */
  private static final Pattern HEAP =
      Pattern.compile("\\d+-(heap(?:-debug[012]|-gc1)?\\.(?:pb\\.gz|txt))");

  /** Of a kept profile; larger than the pprof step takes by default is none of Go's. */
  private static final long MOST_BYTES = 64L << 20;

  private final HeapDiffSpec spec;
  private final EvidenceStore store;

  public HeapDiffStep(HeapDiffSpec spec, EvidenceStore store) {
    this.spec = spec;
    this.store = store;
  }

  @Override
  public String intent(StepContext context) {
    return "compare the captured heap profile with an earlier one";
  }

  @Override
  public boolean changesTarget() {
    return false;
  }

  @Override
  public StepResult run(StepContext context) {
    List<Evidence> heaps = context.evidence().stream().filter(e -> !kind(e).isEmpty()).toList();
    if (heaps.isEmpty()) {
      return StepResult.failed("there is no heap profile among the evidence (heap)");
    }
    Evidence target = heaps.get(heaps.size() - 1);
    try {
      for (int i = heaps.size() - 1; i > 0; i--) {
        String kind = kind(heaps.get(i));
        Evidence earlier =
            heaps.stream().filter(e -> kind(e).equals(kind)).findFirst().orElseThrow();
        if (!earlier.name().equals(heaps.get(i).name())) {
          return found(context, earlier, heaps.get(i));
        }
      }
      Optional<Evidence> kept = kept(context);
      if (kept.isEmpty()) {
        return StepResult.failed(
            "there is no earlier profile to compare "
                + target.name()
                + " with: none of this episode, none kept as "
                + keptName(context));
      }
      return found(context, kept.get(), target).with(List.of(kept.get()));
    } catch (IOException e) {
      return StepResult.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Reads evidence, and copies what is kept once more. */
  @Override
  public Settlement settle(StepContext context) {
    return new Settlement.Repeat("comparing again does no harm");
  }

  private StepResult found(StepContext context, Evidence base, Evidence target) throws IOException {
    DumpReader.Told told = HeapComparison.compare(spec, source(base), source(target));
    return StepResult.ok(told.text()).found(List.of(told.finding(context, target.name())));
  }

  /** The profile kept for the target, copied among the evidence: the kept one may be replaced. */
  private Optional<Evidence> kept(StepContext context) throws IOException {
    Optional<EvidenceStore.Stored> there = store.find(KEPT, keptFile(context));
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (there.get().bytes() > MOST_BYTES) {
      throw new IOException(
          keptName(context) + " has " + there.get().bytes() + " bytes, more than " + MOST_BYTES);
    }
    String name = String.format(Locale.ROOT, "%02d-kept-heap.pb.gz", context.number() + 1);
    EvidenceStore.Stored copy =
        store.put(
            context.episode().id(), name, file -> copy(evidence(context, KEPT, there.get()), file));
    return Optional.of(evidence(context, context.episode().id(), copy));
  }

  private void copy(Evidence from, Path file) throws IOException {
    try (InputStream in = store.open(from)) {
      long unused = Files.copy(in, file);
    }
  }

  private static Evidence evidence(
      StepContext context, String folder, EvidenceStore.Stored stored) {
    return new Evidence(
        folder,
        context.stepId(),
        stored.name(),
        "application/octet-stream",
        stored.bytes(),
        stored.sha256(),
        context.now());
  }

  private static String keptFile(StepContext context) {
    return context.target().name() + "-heap.pb.gz";
  }

  private static String keptName(StepContext context) {
    return "evidence/" + KEPT + "/" + keptFile(context);
  }

  /** What was asked for, such as {@code heap.pb.gz}; empty when it is no heap profile. */
  private static String kind(Evidence evidence) {
    Matcher name = HEAP.matcher(evidence.name());
    return name.matches() ? String.valueOf(name.group(1)) : "";
  }

  private HeapComparison.Source source(Evidence evidence) {
    return new HeapComparison.Source() {
      @Override
      public String name() {
        return evidence.name();
      }

      @Override
      public InputStream open() throws IOException {
        return store.open(evidence);
      }
    };
  }
}
