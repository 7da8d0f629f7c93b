package dev.tidemark.toolkit.launch;

/** {@code ts=… level=info msg="listening" address=127.0.0.1:9477}. */
final class LogfmtLine implements LogLine {
  @Override
  public void open(StringBuilder line) {}

  @Override
  public void field(StringBuilder line, String key, String value) {
    start(line, key);
    if (isBare(value)) {
      line.append(value);
    } else {
      Escapes.quote(line, value);
    }
  }

  @Override
  public void message(StringBuilder line, String text) {
    start(line, "msg");
    Escapes.quote(line, text);
  }

  @Override
  public void close(StringBuilder line) {}

  private static void start(StringBuilder line, String key) {
    if (line.length() > 0) {
      line.append(' ');
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      line.append(c <= ' ' || c == '=' || c == '"' || c >= 127 ? '_' : c);
    }
    line.append('=');
  }

  private static boolean isBare(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> c > ' ' && c != '=' && c != '"' && c != '\\' && c < 127);
  }
}
