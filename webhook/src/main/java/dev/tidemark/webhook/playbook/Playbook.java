package dev.tidemark.webhook.playbook;

import dev.tidemark.toolkit.yaml.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A playbook as written; docs/playbooks.md explains every key. */
public record Playbook(
    String apiVersion,
    String kind,
    Metadata metadata,
    @Default("dry-run") Mode mode,
    MatchSpec match,
    TargetSpec target,
    @Default("{}") PolicySpec policy,
    @Default("[]") List<PrecheckSpec> precheck,
    List<StepSpec> steps,
    @Nullable VerifySpec verify,
    @Default("{}") OnFailure onFailure,
    @Default("{}") OnResolved onResolved) {

  private static final String API_VERSION = "tidemark/v1";
  private static final String KIND = "Playbook";

  public Playbook {
    if (!apiVersion.equals(API_VERSION)) {
      throw new IllegalArgumentException("apiVersion: must be " + API_VERSION);
    }
    if (!kind.equals(KIND)) {
      throw new IllegalArgumentException("kind: must be " + KIND);
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("steps: at least one is needed");
    }
    if (steps.size() > 50) {
      throw new IllegalArgumentException("steps: at most 50");
    }
  }

  public String name() {
    return metadata.name();
  }

  /** Its name and who looks after it. */
  public record Metadata(String name, @Default("''") String owner) {
    public Metadata {
      if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
        throw new IllegalArgumentException(
            "name: 1 to 63 lower-case letters, digits and '-', such as go-goroutine-leak");
      }
    }
  }

  /** What runs when a step or a check fails: first rollback, then escalate. */
  public record OnFailure(
      @Default("[]") List<StepSpec> rollback, @Default("[]") List<StepSpec> escalate) {}

  /** What a resolve does to a run that has not acted yet. */
  public record OnResolved(@Default("true") boolean cancelPending) {}
}
