package dev.tidemark.webhook.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Answers who a caller is and whether it may do something. Thread-safe. */
public final class AccessRules {
  private final Supplier<AccessConfig> config;
  private final Exposure exposure;

  /** With roles that never change. */
  public AccessRules(AccessConfig config, Exposure exposure) {
    this(() -> config, exposure);
  }

  /**
   * @param config asked at each question: a role that a reload takes away is gone at once
   */
  public AccessRules(Supplier<AccessConfig> config, Exposure exposure) {
    this.config = config;
    this.exposure = exposure;
  }

  public Exposure exposure() {
    return exposure;
  }

  /**
   * The caller behind a request.
   *
   * <p>Without credentials nobody has a name. On loopback the person at the machine then has every
   * role, for it owns the files too; on a public address nobody has any.
   *
   * @param user the authenticated user's name; empty when no credentials are asked for
   */
  public Caller caller(Optional<String> user) {
    if (user.isPresent()) {
      String name = user.get();
      return new Caller(name, Set.copyOf(config.get().users().getOrDefault(name, List.of())));
    }
    return exposure.onlyLoopback()
        ? new Caller(Caller.LOCAL, EnumSet.allOf(Role.class))
        : new Caller(Caller.ANONYMOUS, Set.of());
  }

  /** Why this caller may not do what the role is for, if it may not. */
  public Optional<String> refusal(Caller caller, Role role) {
    if (caller.roles().contains(role)) {
      return Optional.empty();
    }
    String name = role.name().toLowerCase(Locale.ROOT);
    return Optional.of(
        caller.name().equals(Caller.ANONYMOUS)
            ? "this needs the role " + name + ", and without credentials nobody has a name"
            : caller.name() + " needs the role " + name + ": grant it under access.users");
  }
}
