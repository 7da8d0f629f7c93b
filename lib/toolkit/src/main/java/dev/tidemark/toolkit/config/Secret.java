package dev.tidemark.toolkit.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A password or token that prints masked, in text and in JSON. In YAML: a plain text, or {@code
 * {file: PATH}} (read again each time it is needed, so a rotated secret is picked up) or {@code
 * {env: NAME}}. Safe for use by several threads.
 */
public final class Secret {
  private static final String MASK = "<secret>";

  /** Larger than any key or token; a wrong path to a huge file must not be loaded. */
  private static final int MAX_BYTES = 64 * 1024;

  private interface Source {
    String read();
  }

  private final Source source;
  private final String origin;

  private Secret(Source source, String origin) {
    this.source = source;
    this.origin = origin;
  }

  public static Secret of(String text) {
    return new Secret(() -> text, "inline");
  }

  /** A secret read from the file at each {@link #reveal}, less one trailing line end. */
  public static Secret fromFile(Path file) {
    return new Secret(() -> readFile(file), "file " + file);
  }

  /** A secret read from an environment variable at each {@link #reveal}. */
  public static Secret fromEnvironment(String name) {
    return new Secret(() -> readEnvironment(name), "environment variable " + name);
  }

  /**
   * The secret itself.
   *
   * @throws UncheckedIOException when its file cannot be read or is larger than 64 KiB
   * @throws IllegalStateException when its environment variable is not set
   */
  public String reveal() {
    return source.read();
  }

  /** Where it comes from, fit for messages: {@code file /run/token}; never the secret. */
  public String origin() {
    return origin;
  }

  @Override
  @JsonValue
  public String toString() {
    return MASK;
  }

  private static String readFile(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("secret file " + file + " is larger than 64 KiB");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.endsWith("\n")) {
        text = text.substring(0, text.length() - 1);
      }
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readEnvironment(String name) {
    String text = System.getenv(name);
    if (text == null) {
      throw new IllegalStateException("environment variable " + name + " is not set");
    }
    return text;
  }
}
