package dev.tidemark.exporter.replay;

import java.nio.charset.StandardCharsets;

/** Numbers as text: read without copies, printed as the shortest text that reads back. */
final class Decimals {
  private static final double[] POWERS = powers();
  private static final long EXACT = 1L << 53;

  /** Before 19, Double.toString sometimes prints more digits than are needed (JDK-4511638). */
  private static final boolean SHORTEST_BY_ITSELF = Runtime.version().feature() >= 19;

  private static final int DECIMALS_TRIED = 6;

  private Decimals() {}

  private static double[] powers() {
    double[] powers = new double[23];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /**
   * Reads a decimal number, blanks around it allowed; NaN for whatever else stands there, and for a
   * number too large for a double.
   */
  static double parse(byte[] text, int from, int to) {
    int i = from;
    int end = to;
    while (i < end && text[i] == ' ') {
      i++;
    }
    while (end > i && text[end - 1] == ' ') {
      end--;
    }
    int begin = i;
    boolean negative = i < end && text[i] == '-';
    if (i < end && (negative || text[i] == '+')) {
      i++;
    }
    long digits = 0;
    int seen = 0;
    int decimals = 0;
    boolean point = false;
    for (; i < end; i++) {
      byte b = text[i];
      if (b >= '0' && b <= '9') {
        if (digits > Long.MAX_VALUE / 100) {
          return general(text, begin, end);
        }
        digits = digits * 10 + (b - '0');
        seen++;
        decimals += point ? 1 : 0;
      } else if (b == '.' && !point) {
        point = true;
      } else {
        return general(text, begin, end);
      }
    }
    if (seen == 0) {
      return Double.NaN;
    }
    if (digits > EXACT || decimals >= POWERS.length) {
      return general(text, begin, end);
    }
    double size = digits / POWERS[decimals]; // both exact, so the quotient is rounded once
    return negative ? -size : size;
  }

  private static double general(byte[] text, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      digits += b >= '0' && b <= '9' ? 1 : 0;
      if ((b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'e' && b != 'E') {
        return Double.NaN; // Java would take 0x1p3, 1d and Infinity
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    try {
      double read =
          Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
      return Double.isInfinite(read) ? Double.NaN : read;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Prints a finite number. */
  static String print(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 1e15 && size >= 1e-3) {
      for (int decimals = 0; decimals <= DECIMALS_TRIED; decimals++) {
        double scaled = Math.rint(size * POWERS[decimals]);
        if (scaled <= EXACT && scaled / POWERS[decimals] == size) {
          return fixed(value < 0, (long) scaled, decimals);
        }
      }
    }
    return laidOut(value, Double.toString(size));
  }

  private static String fixed(boolean negative, long scaled, int decimals) {
    String digits = Long.toString(scaled);
    StringBuilder text = new StringBuilder(24);
    if (negative) {
      text.append('-');
    }
    if (decimals == 0) {
      return text.append(digits).toString();
    }
    int whole = digits.length() - decimals;
    if (whole <= 0) {
      text.append("0.").append("0".repeat(-whole)).append(digits);
    } else {
      text.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
    }
    return text.toString();
  }

  /**
   * From what Java prints: plain digits from 1e-6 to below 1e21, as JavaScript does, else a power
   * of ten.
   */
  private static String laidOut(double value, String java) {
    int e = java.indexOf('E');
    int point = java.indexOf('.');
    int mantissaEnd = e < 0 ? java.length() : e;
    String all = java.substring(0, point) + java.substring(point + 1, mantissaEnd);
    int begin = 0;
    while (all.charAt(begin) == '0') {
      begin++;
    }
    int power = (e < 0 ? 0 : Integer.parseInt(java, e + 1, java.length(), 10)) + point - begin;
    String digits = withoutZeros(all.substring(begin));
    digits =
        SHORTEST_BY_ITSELF && digits.length() > 2
            ? digits
            : shortened(Math.abs(value), digits, power);
    String sign = value < 0 ? "-" : "";
    int count = digits.length();
    if (power > 21 || power < -5) {
      String rest = count == 1 ? "" : "." + digits.substring(1);
      return sign + digits.charAt(0) + rest + "e" + (power - 1);
    }
    if (power <= 0) {
      return sign + "0." + "0".repeat(-power) + digits;
    }
    return count <= power
        ? sign + digits + "0".repeat(power - count)
        : sign + digits.substring(0, power) + "." + digits.substring(power);
  }

  /** Drops last digits, rounding, while what is left reads back; the value is 0.digits·10^power. */
  private static String shortened(double value, String digits, int power) {
    String shortest = digits;
    while (shortest.length() > 1) {
      long dropped = (Long.parseLong(shortest) + 5) / 10;
      String shorter = Long.toString(dropped);
      if (shorter.length() != shortest.length() - 1
          || Double.parseDouble("0." + shorter + "E" + power) != value) {
        return shortest;
      }
      shortest = withoutZeros(shorter);
    }
    return shortest;
  }

  private static String withoutZeros(String digits) {
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }
}
