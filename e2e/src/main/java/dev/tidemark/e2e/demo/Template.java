package dev.tidemark.e2e.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of e2e/demo whose {@code ${NAME}} are filled in with a run's ports and folders. */
final class Template {
  private static final Pattern HOLE = Pattern.compile("\\$\\{([A-Z_]+)}");

  private Template() {}

  static Path fill(Path template, Path target, Map<String, String> values) throws IOException {
    String text = Files.readString(template, StandardCharsets.UTF_8);
    Matcher holes = HOLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (holes.find()) {
      String value = values.get(holes.group(1));
      if (value == null) {
        throw new IOException(template + ": nothing fills " + holes.group());
      }
      holes.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    holes.appendTail(filled);
    Files.createDirectories(target.toAbsolutePath().getParent());
    return Files.writeString(target, filled, StandardCharsets.UTF_8);
  }
}
