package dev.tidemark.rules.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The page of an alert of the catalogue, as docs/alerts has it. */
public final class AlertPage {
  private AlertPage() {}

  /** The page in Markdown; empty for an id that has none. */
  public static Optional<String> of(String id) {
    if (!id.matches("[a-z0-9-]{1,60}")) {
      return Optional.empty();
    }
    try (InputStream in = AlertPage.class.getResourceAsStream("pages/" + id + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
