package dev.tidemark.toolkit.web;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web configuration that holds now. Changes are found by content, because certificates and
 * mounted secrets are swapped in ways that leave times and sizes alone. Safe for use by several
 * threads.
 */
final class LiveWebConfig {
  private static final Logger log = LoggerFactory.getLogger(LiveWebConfig.class);
  private static final int MAX_BYTES = 16 << 20;

  private final @Nullable Path file;
  private volatile WebConfig current;
  private byte[] seen;

  private LiveWebConfig(@Nullable Path file, WebConfig current) {
    this.file = file;
    this.current = current;
    this.seen = digest(current.files());
  }

  static LiveWebConfig load(@Nullable Path file) throws ProblemsException {
    return new LiveWebConfig(file, file == null ? WebConfig.open() : WebConfig.load(file));
  }

  WebConfig current() {
    return current;
  }

  /**
   * Reads the files again when they changed. What is broken, or would switch TLS or authentication
   * on or off, is logged once and the old configuration stays.
   *
   * @return the new configuration when there is one
   */
  synchronized Optional<WebConfig> reread() {
    if (file == null) {
      return Optional.empty();
    }
    byte[] now = digest(current.files());
    if (MessageDigest.isEqual(now, seen)) {
      return Optional.empty();
    }
    seen = now;
    try {
      WebConfig fresh = WebConfig.load(file);
      refuseSwitches(file, current, fresh);
      current = fresh;
      seen = digest(fresh.files());
      log.atInfo().addKeyValue("file", file).log("web configuration read again");
      return Optional.of(fresh);
    } catch (ProblemsException e) {
      log.atError()
          .addKeyValue("problems", e.getMessage())
          .log("web configuration is broken, the old one stays");
      return Optional.empty();
    }
  }

  private static void refuseSwitches(Path file, WebConfig old, WebConfig fresh)
      throws ProblemsException {
    Place place = Place.wholeFile(file.toString());
    if (old.tls().isPresent() != fresh.tls().isPresent()) {
      throw new ProblemsException(place, "switching TLS on or off needs a restart");
    }
    if (old.requiresAuthentication() && !fresh.requiresAuthentication()) {
      throw new ProblemsException(place, "switching authentication off needs a restart");
    }
    if (old.http2() != fresh.http2()) {
      throw new ProblemsException(place, "http2 is read at start only: it needs a restart");
    }
  }

  private static byte[] digest(List<Path> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path path : files) {
        try (InputStream in = Files.newInputStream(path)) {
          digest.update(in.readNBytes(MAX_BYTES));
        } catch (IOException e) {
          digest.update(e.toString().getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) 0);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
