package dev.tidemark.promql.type;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of the language that not every release reads.
 *
 * @param name for messages: {@code the function mad_over_time}
 * @param since the first release that has it
 * @param flag what {@code --enable-feature} must name while it is experimental; null when it never
 *     was
 * @param stable the first release that has it without the flag; null while none has
 * @param gone the first release that no longer has it, or null
 */
public record Feature(
    String name,
    Release since,
    @Nullable String flag,
    @Nullable Release stable,
    @Nullable Release gone) {

  public Feature {
    if (flag == null && stable != null) {
      throw new IllegalArgumentException(name + " is stable without having been experimental");
    }
  }

  static Feature stable(String name, String since) {
    return new Feature(name, Release.parse(since), null, null, null);
  }

  static Feature trial(String name, String since, String flag) {
    return new Feature(name, Release.parse(since), flag, null, null);
  }

  /** Whether no release so far has it without a flag. */
  public boolean experimental() {
    return flag != null && stable == null;
  }

  /**
   * Why a Prometheus does not read it; empty where it does.
   *
   * @param flags what the target names in {@code --enable-feature}
   */
  public Optional<String> lacking(Release target, Set<String> flags) {
    if (target.isBefore(since)) {
      return Optional.of(name + " needs Prometheus " + since + flagUntil() + ", found " + target);
    }
    if (gone != null && !target.isBefore(gone)) {
      return Optional.of(name + " is gone since Prometheus " + gone + ", found " + target);
    }
    boolean trial = flag != null && (stable == null || target.isBefore(stable));
    if (trial && !flags.contains(flag)) {
      return Optional.of(
          name
              + " is experimental: needs "
              + (stable == null ? "" : "Prometheus " + stable + " or ")
              + "--enable-feature="
              + flag);
    }
    return Optional.empty();
  }

  private String flagUntil() {
    if (flag == null) {
      return "";
    }
    return " with --enable-feature=" + flag + (stable == null ? "" : " or " + stable);
  }
}
