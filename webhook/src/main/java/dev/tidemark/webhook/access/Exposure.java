package dev.tidemark.webhook.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far the server can be reached, from its flags. Whether it asks for credentials is passed in
 * at each question, for {@code --web.config.file} is read again while it runs.
 *
 * @param addresses as given by {@code --web.listen-address}
 * @param allowUnauthenticated {@code --web.allow-unauthenticated}
 */
public record Exposure(List<String> addresses, boolean allowUnauthenticated) {
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  public Exposure {
    addresses = List.copyOf(addresses);
  }

  /** Whether only this machine can connect. A name other than localhost is taken as public. */
  public boolean onlyLoopback() {
    return addresses.stream().allMatch(Exposure::isLoopback);
  }

  /** Why the server must not serve, if it must not. */
  public Optional<String> refusal(boolean authenticated) {
    if (authenticated || allowUnauthenticated || onlyLoopback()) {
      return Optional.empty();
    }
    String open = addresses.stream().filter(a -> !isLoopback(a)).findFirst().orElseThrow();
    return Optional.of(
        "listening on "
            + open
            + " without credentials lets anyone on the network trigger playbooks: set"
            + " basic_auth_users in --web.config.file, or listen on 127.0.0.1, or give"
            + " --web.allow-unauthenticated (mode auto is off then)");
  }

  /** Whether an alert that came in may be acted on without a person: mode auto. */
  public boolean autoAllowed(boolean authenticated) {
    return authenticated || onlyLoopback();
  }

  private static boolean isLoopback(String address) {
    int colon = address.lastIndexOf(':');
    String host = (colon < 0 ? address : address.substring(0, colon)).toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return host.equals("localhost") || host.equals("::1") || LOOPBACK_V4.matcher(host).matches();
  }
}
