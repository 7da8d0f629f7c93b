package dev.tidemark.webhook.step.diagnose;

import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.Step;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at every captured goroutine dump; the dump that tells most comes last, so that it is the
 * one people are told.
 */
public final class DiagnoseStep implements Step {

  /**
   * From the one that tells least: counts without ages, then those proven unreachable, then every
   * stack with its age.
   */
  private static final List<String> DUMPS =
      List.of(
          "goroutine-debug1.txt",
          "goroutineleak-debug1.txt",
          "goroutineleak-debug2.txt",
          "goroutine-debug2.txt");

  private final EvidenceStore store;
  private final DumpReader reader;

  public DiagnoseStep(EvidenceStore store, DumpReader reader) {
    this.store = store;
    this.reader = reader;
  }

  @Override
  public String intent(StepContext context) {
    return "diagnose the captured goroutines";
  }

  @Override
  public boolean changesTarget() {
    return false;
  }

  @Override
  public StepResult run(StepContext context) {
    List<Finding> findings = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String dump : DUMPS) {
      for (Evidence evidence : context.evidence()) {
        if (evidence.name().endsWith("-" + dump)) {
          try (InputStream in = store.open(evidence)) {
            findings.add(reader.read(evidence.name(), in).finding(context, evidence.name()));
          } catch (IOException e) {
            problems.add(evidence.name() + ": " + e.getMessage());
          }
        }
      }
    }
    if (findings.isEmpty()) {
      return StepResult.failed(
          problems.isEmpty()
              ? "there is no goroutine dump in text among the evidence (goroutine?debug=1)"
              : String.join("; ", problems));
    }
    return StepResult.ok(findings.get(findings.size() - 1).text()).found(findings);
  }

  /** Reads evidence and nothing else. */
  @Override
  public Settlement settle(StepContext context) {
    return new Settlement.Repeat("looking again does no harm");
  }
}
