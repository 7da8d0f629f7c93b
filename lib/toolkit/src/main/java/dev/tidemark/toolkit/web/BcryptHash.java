package dev.tidemark.toolkit.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** A password's bcrypt hash, as {@code htpasswd -B} or any bcrypt tool writes it. */
public final class BcryptHash {
  // each step doubles the time: 16 takes about 5 s, which nobody waits for
  private static final int MAX_COST = 16;

  private final String text;
  private final int cost;

  private BcryptHash(String text, int cost) {
    this.text = text;
    this.cost = cost;
  }

  /** Accepts {@code $2a$}, {@code $2b$} and {@code $2y$}. */
  public static BcryptHash parse(String text) {
    if (!text.matches("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}")) {
      throw new IllegalArgumentException(
          "not a bcrypt hash: write what `htpasswd -nBC 10 \"\"` prints after the colon");
    }
    int cost = Integer.parseInt(text.substring(4, 6));
    if (cost < BCrypt.MIN_COST || cost > MAX_COST) {
      throw new IllegalArgumentException(
          "bcrypt cost " + cost + " is outside " + BCrypt.MIN_COST + " to " + MAX_COST);
    }
    return new BcryptHash(text, cost);
  }

  /** A hash that no password is known for. */
  static BcryptHash ofNobody(int cost) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    byte[] printable = Base64.getEncoder().encode(random);
    byte[] hash = BCrypt.with(BCrypt.Version.VERSION_2B).hash(cost, printable);
    return new BcryptHash(new String(hash, StandardCharsets.US_ASCII), cost);
  }

  int cost() {
    return cost;
  }

  /** Slow by design: tens of milliseconds at cost 10. Only the first 72 bytes count, as in Go. */
  boolean matches(byte[] password) {
    BCrypt.Version version =
        switch (text.charAt(2)) {
          case 'a' -> BCrypt.Version.VERSION_2A;
          case 'b' -> BCrypt.Version.VERSION_2B;
          default -> BCrypt.Version.VERSION_2Y;
        };
    return BCrypt.verifyer(version, LongPasswordStrategies.truncate(version))
        .verify(password, text.getBytes(StandardCharsets.US_ASCII))
        .verified;
  }

  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "<bcrypt hash>";
  }
}
