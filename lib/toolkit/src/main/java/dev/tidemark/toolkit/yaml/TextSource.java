package dev.tidemark.toolkit.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.reader.StreamReader;

/** Gets the text of a file, or says why there is none: missing, a folder, too large, not UTF-8. */
final class TextSource {
  /** What the parser reads at most, and far above any specification we know of. */
  private static final int MAX_BYTES = 3 * 1024 * 1024;

  /** The parser's time grows with the square of an unbroken word; none people write is longer. */
  private static final int MAX_LINE = 128 * 1024;

  private TextSource() {}

  static String read(Path file) throws ProblemsException {
    Place place = Place.wholeFile(file.toString());
    if (!Files.exists(file)) {
      throw new ProblemsException(place, "no such file");
    }
    if (Files.isDirectory(file)) {
      throw new ProblemsException(place, "is a folder, needs a YAML file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      String why = Files.isReadable(file) ? String.valueOf(e.getMessage()) : "permission denied";
      throw new ProblemsException(place, "cannot be read: " + why);
    }
    String text = decode(bytes, place);
    check(file.toString(), text);
    return text;
  }

  private static String decode(byte[] bytes, Place place) throws ProblemsException {
    if (bytes.length > MAX_BYTES) {
      throw new ProblemsException(place, "is larger than 3 MiB");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      String before = new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8);
      Place where = at(place.file(), before, before.length());
      String found = String.format("0x%02x", bytes[Math.min(buffer.position(), bytes.length - 1)]);
      throw new ProblemsException(where, "found the byte " + found + ", needs text in UTF-8");
    }
  }

  /** Refuses what is no text before the parser sees it. */
  static void check(String file, String text) throws ProblemsException {
    if (text.length() > MAX_BYTES) {
      throw new ProblemsException(Place.wholeFile(file), "is larger than 3 MiB");
    }
    checkLines(file, text);
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      if (c == 0x85 || c == 0x2028 || c == 0x2029) {
        String found = String.format("U+%04X", c);
        throw new ProblemsException(
            at(file, text, i),
            "found " + found + ", a line end to some, needs \\u%04x in double quotes".formatted(c));
      }
      if (!StreamReader.isPrintable(c)) {
        String found = String.format("U+%04X", c);
        throw new ProblemsException(
            at(file, text, i), "found the control character " + found + ", needs plain text");
      }
    }
  }

  private static void checkLines(String file, String text) throws ProblemsException {
    int line = 1;
    for (int start = 0; start <= text.length(); line++) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      if (end - start > MAX_LINE) {
        throw new ProblemsException(
            new Place(file, line, 1),
            "found a line of " + (end - start) + " characters, needs at most " + MAX_LINE);
      }
      start = end + 1;
    }
  }

  static @Nullable Path folder(String file) {
    try {
      return Path.of(file).toAbsolutePath().getParent();
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static Place at(String file, String text, int index) {
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return new Place(file, line, text.codePointCount(start, index) + 1);
  }
}
