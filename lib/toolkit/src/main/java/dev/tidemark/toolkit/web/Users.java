package dev.tidemark.toolkit.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in. A password that was verified once is remembered as a salted digest, one for each
 * user, so that bcrypt's cost is paid once and not with every request. An unknown user costs as
 * much as a wrong password. Safe for use by several threads.
 */
final class Users {
  private final Map<String, BcryptHash> hashes;

  /** As dear as the dearest; where there are no users it would only slow the start. */
  private final Optional<BcryptHash> nobody;

  private final byte[] salt = new byte[32];
  private final Map<String, byte[]> verified = new ConcurrentHashMap<>();

  Users(Map<String, BcryptHash> hashes) {
    this.hashes = Map.copyOf(hashes);
    this.nobody =
        hashes.values().stream()
            .max(Comparator.comparingInt(BcryptHash::cost))
            .map(dearest -> BcryptHash.ofNobody(dearest.cost()));
    new SecureRandom().nextBytes(salt);
  }

  boolean isEmpty() {
    return hashes.isEmpty();
  }

  /** Whether this very password of the user was verified before: fast. */
  boolean isKnown(String user, String password) {
    byte @Nullable [] digest = verified.get(user);
    return digest != null && MessageDigest.isEqual(digest, digest(user, password));
  }

  /** Slow: runs bcrypt. */
  boolean verify(String user, String password) {
    BcryptHash hash = hashes.get(user);
    boolean matches =
        Optional.ofNullable(hash)
            .or(() -> nobody)
            .map(asked -> asked.matches(password.getBytes(StandardCharsets.UTF_8)))
            .orElse(false);
    if (hash == null || !matches) {
      return false;
    }
    verified.put(user, digest(user, password));
    return true;
  }

  private byte[] digest(String user, String password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      digest.update(user.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return digest.digest(password.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
