package dev.tidemark.webhook.intake;

/**
 * How much one payload may hold. Alertmanager sets no bounds of its own; these are far above what
 * it sends for real fleets and low enough that one body cannot fill the heap or a page.
 *
 * @param alerts in one group; more is 413, which {@code max_alerts} of the receiver cures
 * @param labels of one label or annotation set
 * @param nameLength of a label or annotation name, in characters
 * @param valueLength of any string value, in characters: annotations may carry a whole runbook
 * @param depth of nested objects: the payload needs 4
 */
public record PayloadLimits(int alerts, int labels, int nameLength, int valueLength, int depth) {
  public static final PayloadLimits DEFAULT =
      new PayloadLimits(20_000, 256, 1_024, 128 * 1_024, 32);

  public PayloadLimits {
    if (alerts < 1 || labels < 1 || nameLength < 1 || valueLength < 1 || depth < 4) {
      throw new IllegalArgumentException("limits must be positive, depth at least 4");
    }
  }
}
