package dev.tidemark.webhook.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Answers who a caller is and whether it may do something. Immutable. */
public final class AccessRules {
  private final AccessConfig config;
  private final Exposure exposure;

  public AccessRules(AccessConfig config, Exposure exposure) {
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
      return new Caller(name, Set.copyOf(config.users().getOrDefault(name, List.of())));
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
