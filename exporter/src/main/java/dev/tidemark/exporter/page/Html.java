package dev.tidemark.exporter.page;

/** Builds HTML in which every text is escaped, whoever wrote it. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Markup of ours; never a text from elsewhere. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Any text, in an element or a quoted attribute. */
  Html text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return this;
  }

  /**
   * {@code <a href="address">text</a>}.
   *
   * @param address of {@link Links}
   */
  Html link(String address, String text) {
    return raw("<a href=\"").text(address).raw("\">").text(text).raw("</a>");
  }

  /** {@code <td>text</td>}; the class is ours. */
  Html cell(String style, String text) {
    raw(style.isEmpty() ? "<td>" : "<td class=\"" + style + "\">");
    return text(text).raw("</td>");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
