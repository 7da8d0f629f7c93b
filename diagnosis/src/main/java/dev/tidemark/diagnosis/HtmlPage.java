package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Verdict;
import java.io.PrintWriter;
import java.util.List;

/** A page that needs nothing but itself: no script, nothing fetched. Escapes all it is given. */
final class HtmlPage implements AutoCloseable {
  private static final String STYLE =
      """
      body{font:14px/1.4 system-ui,sans-serif;margin:2em auto;max-width:90em;padding:0 1em;color:#222;background:#fff}
      table{border-collapse:collapse;width:100%;margin:1em 0}
      th,td{text-align:left;vertical-align:top;padding:.3em .8em .3em 0;border-bottom:1px solid #ddd;overflow-wrap:anywhere}
      td.number{text-align:right;white-space:nowrap}pre{overflow:auto;background:#f6f6f6;padding:.6em}
      .leak{color:#b00020;font-weight:600}.suspect{color:#9a5b00;font-weight:600}.normal{color:#666}
      @media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}th,td{border-color:#444}pre{background:#262626}.leak{color:#ff6b81}.suspect{color:#ffb454}.normal{color:#999}}
      """;

  private final PrintWriter out;

  HtmlPage(PrintWriter out, String title) {
    this.out = out;
    out.print("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>");
    out.print(escape(title));
    out.print("</title>\n<style>\n" + STYLE + "</style></head><body>\n");
  }

  void heading(String text) {
    out.print("<h2>" + escape(text) + "</h2>\n");
  }

  void paragraph(String text) {
    out.print("<p>" + escape(text) + "</p>\n");
  }

  void preformatted(String text) {
    out.print("<pre>" + escape(text) + "</pre>\n");
  }

  void table(List<String> columns) {
    out.print("<table><thead><tr>");
    columns.forEach(column -> out.print("<th>" + escape(column) + "</th>"));
    out.print("</tr></thead><tbody>\n");
  }

  /** A row of the table that was begun; its first cell is the verdict. */
  void row(Verdict verdict, List<String> cells) {
    out.print("<tr><td class=\"" + verdict.text() + "\">" + verdict.text() + "</td>");
    for (String cell : cells) {
      boolean number = !cell.isEmpty() && cell.matches("[-+]?[0-9][0-9,.]*( [KMGTPE]?i?B| %)?");
      out.print((number ? "<td class=\"number\">" : "<td>") + escape(cell) + "</td>");
    }
    out.print("</tr>\n");
  }

  void endTable() {
    out.print("</tbody></table>\n");
  }

  private static String escape(String text) {
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
                case '\n', '\t' -> escaped.appendCodePoint(c);
                default -> {
                  boolean hidden =
                      Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
                  escaped.appendCodePoint(hidden ? '?' : c);
                }
              }
            });
    return escaped.toString();
  }

  @Override
  public void close() {
    out.print("</body></html>\n");
    out.flush();
  }
}
