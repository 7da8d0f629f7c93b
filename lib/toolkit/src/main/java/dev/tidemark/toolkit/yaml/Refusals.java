package dev.tidemark.toolkit.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what a record's constructor refuses, so that people hear of all of it in one round. */
public final class Refusals {
  private final List<String> messages = new ArrayList<>();

  /** Refuses what is not right. */
  public Refusals unless(boolean right, String message) {
    if (!right) {
      messages.add(message);
    }
    return this;
  }

  /**
   * Refuses what a check refuses.
   *
   * @param check may throw an IllegalArgumentException
   * @return what it made; empty where it refuses
   */
  public <T> Optional<T> of(Supplier<T> check) {
    return of("", check);
  }

  /**
   * As {@link #of(Supplier)}, each message with the key before it that it is about.
   *
   * @param key such as {@code "growth: "}
   */
  public <T> Optional<T> of(String key, Supplier<T> check) {
    try {
      return Optional.of(check.get());
    } catch (RefusedException e) {
      e.messages().forEach(message -> messages.add(key + message));
    } catch (IllegalArgumentException e) {
      messages.add(key + e.getMessage());
    }
    return Optional.empty();
  }

  /**
   * Ends the checks.
   *
   * @throws RefusedException where something was refused
   */
  public void throwIfAny() {
    if (!messages.isEmpty()) {
      throw new RefusedException(messages);
    }
  }
}
