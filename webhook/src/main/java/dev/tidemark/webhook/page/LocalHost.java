package dev.tidemark.webhook.page;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request names this machine as its host. A server that trusts whoever is on the machine
 * must look: another site can let its own name point to 127.0.0.1 (DNS rebinding), and is the same
 * origin then.
 */
final class LocalHost {
  private static final Pattern LOCAL =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  private LocalHost() {}

  static boolean isIn(@Nullable String hostHeader) {
    return hostHeader != null && LOCAL.matcher(hostHeader.toLowerCase(Locale.ROOT)).matches();
  }
}
