package dev.tidemark.promql.parse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** String literals: Go's escapes in double or single quotes, none in backticks. */
final class Strings {
  private static final String ESCAPES = "abfnrtv\\";
  private static final byte[] ESCAPED = {7, 8, 12, 10, 13, 9, 11, '\\'};

  private Strings() {}

  /** Index after the closing quote of the literal that starts here. */
  static int end(String text, int start) throws ParseException {
    char quote = text.charAt(start);
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i + 1;
      }
      if (c == '\\' && quote != '`') {
        i++;
      } else if (c == '\n' && quote != '`') {
        throw new ParseException(
                text, start, i - start, "unterminated string: the line ends before " + quote)
            .ofSyntax();
      }
    }
    throw new ParseException(
            text, start, text.length() - start, "unterminated string: expected " + quote)
        .ofSyntax();
  }

  /**
   * What the literal says. Escapes give bytes, which must make up UTF-8 together.
   *
   * @param text the whole text, for the place of an error
   */
  static String unquote(String text, Token token) throws ParseException {
    String literal = token.text();
    char quote = literal.charAt(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(literal.length());
    for (int i = 1; i < literal.length() - 1; ) {
      int c = literal.codePointAt(i);
      if (c == '\\' && quote != '`') {
        i = escape(text, token, i + 1, bytes);
      } else if (c == 0xFFFD || (c >= 0xD800 && c <= 0xDFFF)) {
        throw new ParseException(text, token.start() + i, 1, "the string is not UTF-8");
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ParseException(text, token, "the string's escapes are not UTF-8");
    }
  }

  /** Reads the escape whose letter is at this index; gives the index after it. */
  private static int escape(String text, Token token, int i, ByteArrayOutputStream bytes)
      throws ParseException {
    String literal = token.text();
    char c = literal.charAt(i);
    int simple = ESCAPES.indexOf(c);
    if (simple >= 0 || c == literal.charAt(0)) {
      bytes.write(simple >= 0 ? ESCAPED[simple] : c);
      return i + 1;
    }
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : c >= '0' && c <= '7' ? 3 : 0;
    int from = digits == 3 ? i : i + 1;
    int base = digits == 3 ? 8 : 16;
    long value = digits == 0 ? -1 : value(literal, from, digits, base);
    boolean isByte = digits <= 3;
    if (value < 0 || (isByte ? value > 255 : !isScalar(value))) {
      throw new ParseException(
          text, token.start() + i - 1, 2, "unknown escape \\" + shown(literal.codePointAt(i), c));
    }
    if (isByte) {
      bytes.write((int) value);
    } else {
      bytes.writeBytes(Character.toString((int) value).getBytes(StandardCharsets.UTF_8));
    }
    return from + digits;
  }

  private static boolean isScalar(long value) {
    return value <= Character.MAX_CODE_POINT && !(value >= 0xD800 && value < 0xE000);
  }

  private static long value(String literal, int from, int digits, int base) {
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit =
          i < literal.length() - 1 && literal.charAt(i) < 128
              ? Character.digit(literal.charAt(i), base)
              : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * base + digit;
    }
    return value;
  }

  /** A character for a message. */
  static String shown(int codePoint, char c) {
    return codePoint > ' ' && codePoint < 127
        ? String.valueOf(c)
        : String.format(Locale.ROOT, "U+%04X", codePoint);
  }
}
