package dev.tidemark.toolkit.yaml;

import java.util.List;

/**
 * Everything that is wrong with the values of a record; each message becomes a problem of its own,
 * at the value of {@code key} where it starts with {@code "key: "}.
 */
public final class RefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> messages;

  RefusedException(List<String> messages) {
    super(String.join("; ", messages));
    this.messages = List.copyOf(messages);
  }

  public List<String> messages() {
    return messages;
  }
}
