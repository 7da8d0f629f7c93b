package dev.tidemark.toolkit.launch;

/** {@code {"ts":"…","level":"info","msg":"listening","address":"127.0.0.1:9477"}}. */
final class JsonLine implements LogLine {
  @Override
  public void open(StringBuilder line) {
    line.append('{');
  }

  @Override
  public void field(StringBuilder line, String key, String value) {
    if (line.length() > 1) {
      line.append(',');
    }
    Escapes.quote(line, key);
    line.append(':');
    Escapes.quote(line, value);
  }

  @Override
  public void message(StringBuilder line, String text) {
    field(line, "msg", text);
  }

  @Override
  public void close(StringBuilder line) {
    line.append('}');
  }
}
