package dev.tidemark.webhook.playbook;

/**
 * A playbook names a label that this alert does not have, or one whose value cannot stand there.
 */
public final class MissingValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingValueException(String name) {
    super("the playbook uses $" + name + ", and the alert has no label " + name);
  }

  MissingValueException(String name, String why) {
    super("the label " + name + " cannot stand here: " + why);
  }
}
