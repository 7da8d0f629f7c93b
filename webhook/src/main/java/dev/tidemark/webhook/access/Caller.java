package dev.tidemark.webhook.access;

import java.util.Set;

/**
 * Who sent a request, as decisions and the audit name it.
 *
 * @param name of the user; {@link #LOCAL} or {@link #ANONYMOUS} where no credentials are asked
 */
public record Caller(String name, Set<Role> roles) {
  /** Someone on this machine, on a server that only this machine reaches. */
  public static final String LOCAL = "(local)";

  /** Anyone, on a server that was told to ask nobody. */
  public static final String ANONYMOUS = "(anonymous)";

  public Caller {
    roles = Set.copyOf(roles);
  }
}
