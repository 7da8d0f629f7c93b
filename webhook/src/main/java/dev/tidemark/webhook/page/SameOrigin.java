package dev.tidemark.webhook.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other web sites from posting here with the browser of someone who may. The rule is that of
 * Go's net/http CrossOriginProtection: Sec-Fetch-Site says same-origin or none, else Origin names
 * our own host, else there is no browser. Where no credentials are asked for, the host itself must
 * be this machine by name, or a site could make its own name point here (DNS rebinding).
 */
final class SameOrigin {
  private static final Pattern LOCAL =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  private SameOrigin() {}

  /**
   * Why a request that changes something must not be served, if it must not.
   *
   * @param host the Host header or authority, with its port
   * @param local whether the caller is trusted for being on this machine
   */
  static Optional<String> refusal(
      @Nullable String host, @Nullable String site, @Nullable String origin, boolean local) {
    if (host == null || (local && !LOCAL.matcher(host.toLowerCase(Locale.ROOT)).matches())) {
      return Optional.of("the host \"" + Shown.cut("" + host) + "\" is not this machine");
    }
    boolean same =
        site != null
            ? site.equals("same-origin") || site.equals("none")
            : origin == null || host.equalsIgnoreCase(authority(origin));
    return same ? Optional.empty() : Optional.of("the request comes from another site");
  }

  private static @Nullable String authority(String origin) {
    try {
      return new URI(origin).getRawAuthority();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
