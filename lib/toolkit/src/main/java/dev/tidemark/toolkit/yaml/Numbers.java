package dev.tidemark.toolkit.yaml;

import java.math.BigInteger;

/** Numbers of YAML 1.2: whole ones also in 0x and 0o form; too large a number is refused. */
final class Numbers {
  private Numbers() {}

  static boolean reads(Class<?> type) {
    return isWhole(type) || type == double.class || type == Double.class;
  }

  static String wanted(Class<?> type) {
    return isWhole(type) ? "a whole number" : "a number";
  }

  private static boolean isWhole(Class<?> type) {
    return type == int.class || type == Integer.class || type == long.class || type == Long.class;
  }

  static Object bind(Tree.Scalar scalar, Class<?> type) {
    ScalarKind kind = ScalarKind.of(scalar);
    if (kind == ScalarKind.INTEGER && isWhole(type)) {
      return whole(scalar, type == int.class || type == Integer.class);
    }
    if ((kind == ScalarKind.INTEGER || kind == ScalarKind.FLOAT) && !isWhole(type)) {
      return fraction(scalar, kind);
    }
    boolean quoted = !scalar.plain() && ScalarKind.of(plain(scalar)) == ScalarKind.INTEGER;
    String hint = quoted ? " without quotes" : "";
    throw new IllegalArgumentException(
        "found " + scalar.shown() + ", needs " + wanted(type) + hint);
  }

  private static Object whole(Tree.Scalar scalar, boolean asInt) {
    BigInteger number = integer(scalar.text());
    if (number.bitLength() >= (asInt ? 32 : 64)) {
      throw new IllegalArgumentException(
          "found "
              + scalar.shown()
              + ", needs one between "
              + (asInt
                  ? Integer.MIN_VALUE + " and " + Integer.MAX_VALUE
                  : Long.MIN_VALUE + " and " + Long.MAX_VALUE));
    }
    if (asInt) {
      return number.intValue();
    }
    return number.longValue();
  }

  private static Double fraction(Tree.Scalar scalar, ScalarKind kind) {
    String text = scalar.text();
    boolean named = text.endsWith("inf") || text.endsWith("Inf") || text.endsWith("INF");
    double number =
        kind == ScalarKind.INTEGER
            ? integer(text).doubleValue()
            : named || text.toLowerCase(java.util.Locale.ROOT).endsWith("nan")
                ? Double.NaN
                : Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("found " + scalar.shown() + ", needs a finite number");
    }
    return number;
  }

  private static BigInteger integer(String text) {
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
  }

  private static Tree.Scalar plain(Tree.Scalar scalar) {
    return new Tree.Scalar(scalar.place(), scalar.text(), true);
  }
}
