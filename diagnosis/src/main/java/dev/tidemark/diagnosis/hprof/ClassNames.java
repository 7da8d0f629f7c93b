package dev.tidemark.diagnosis.hprof;

/** Names of classes as Java writes them. */
final class ClassNames {
  private static final String[] PRIMITIVES = {
    "?", "?", "?", "?", "boolean", "char", "float", "double", "byte", "short", "int", "long"
  };

  private ClassNames() {}

  static String primitiveArray(int type) {
    return PRIMITIVES[type] + "[]";
  }

  /** {@code java/lang/String}, {@code [Ljava.lang.String;}, {@code [[I} as Java writes them. */
  static String of(String internal) {
    int depth = 0;
    while (depth < internal.length() && depth < 255 && internal.charAt(depth) == '[') {
      depth++;
    }
    String element = internal.substring(depth);
    if (depth == 0 || element.isEmpty()) {
      return internal.replace('/', '.');
    }
    String name =
        switch (element.charAt(0)) {
          case 'L' -> element.substring(1, element.length() - (element.endsWith(";") ? 1 : 0));
          case 'Z' -> "boolean";
          case 'C' -> "char";
          case 'F' -> "float";
          case 'D' -> "double";
          case 'B' -> "byte";
          case 'S' -> "short";
          case 'I' -> "int";
          case 'J' -> "long";
          default -> element;
        };
    return name.replace('/', '.') + "[]".repeat(depth);
  }
}
