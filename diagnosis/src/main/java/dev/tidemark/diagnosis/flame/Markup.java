package dev.tidemark.diagnosis.flame;

/** Text inside markup: names from a profile can be anything. */
final class Markup {
  private Markup() {}

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                  int type = Character.getType(c);
                  boolean hidden =
                      Character.isISOControl(c)
                          || type == Character.FORMAT
                          || type == Character.SURROGATE
                          || type == Character.UNASSIGNED;
                  escaped.appendCodePoint(hidden ? '?' : c);
                }
              }
            });
    return escaped.toString();
  }
}
