package dev.tidemark.webhook.intake;

/**
 * Undoes what Alertmanager does to a receiver's name: it sends {@code regexp.QuoteMeta(name)}
 * (template/template.go), so {@code no.dot} arrives as {@code no\.dot}.
 */
final class ReceiverName {
  private static final String QUOTED = "\\.+*?()|[]{}^$";

  private ReceiverName() {}

  /** The configured name. A backslash that QuoteMeta cannot have written is left as it is. */
  static String unquote(String sent) {
    if (sent.indexOf('\\') < 0) {
      return sent;
    }
    StringBuilder name = new StringBuilder(sent.length());
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (c == '\\' && i + 1 < sent.length() && QUOTED.indexOf(sent.charAt(i + 1)) >= 0) {
        c = sent.charAt(++i);
      }
      name.append(c);
    }
    return name.toString();
  }
}
