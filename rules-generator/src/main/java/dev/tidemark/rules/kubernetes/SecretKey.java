package dev.tidemark.rules.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of a Secret or ConfigMap, read from the path at which the Operator mounts it for
 * Alertmanager: {@code /etc/alertmanager/secrets/NAME/KEY}. So one specification serves files and
 * objects alike.
 */
record SecretKey(String kind, String name, String key) {
  private static final Pattern MOUNTED =
      Pattern.compile(
          "/etc/alertmanager/(secrets|configmaps)/([a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)/"
              + "([-._a-zA-Z0-9]{1,253})");

  static Optional<SecretKey> of(String path) {
    Matcher matcher = MOUNTED.matcher(path);
    return matcher.matches()
        ? Optional.of(new SecretKey(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  boolean isSecret() {
    return kind.equals("secrets");
  }

  Map<String, Object> selector() {
    return selector(key);
  }

  /** Another key of the same. */
  Map<String, Object> selector(String other) {
    Map<String, Object> selector = new LinkedHashMap<>();
    selector.put("name", name);
    selector.put("key", other);
    return selector;
  }

  /** As TLS settings take either. */
  Map<String, Object> secretOrConfigMap() {
    return Map.of(isSecret() ? "secret" : "configMap", selector());
  }
}
