package dev.tidemark.exporter.page;

/** What is around every page: the head, and one look for light and dark, without scripts. */
final class Frame {
  private static final String STYLE =
      ":root{color-scheme:light dark;--text:#1c2733;--faint:#5c6975;--rule:#dfe5ea;--ground:#fff;"
          + "--link:#0b5cad;--bad:#a3161a;--warn:#8a5300;--level:#0b5cad;--band:#cfe3f5;"
          + "--expected:#4f7ea8;--start:#6b7885}"
          + "@media(prefers-color-scheme:dark){:root{--text:#dfe6ec;--faint:#97a5b1;"
          + "--rule:#33404c;--ground:#141b22;--link:#79b8f5;--bad:#ff8080;--warn:#f0b35a;"
          + "--level:#79b8f5;--band:#22415e;--expected:#6f9cc4;--start:#8493a0}}"
          + "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:82rem;"
          + "padding:0 1rem;color:var(--text);background:var(--ground)}"
          + "a{color:var(--link)}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
          + ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}"
          + "th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--rule);"
          + "vertical-align:top}"
          + "td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
          + ".bad{color:var(--bad);font-weight:600}.warn{color:var(--warn);font-weight:600}"
          + ".old{color:var(--faint)}code{overflow-wrap:anywhere}"
          + "td code{display:inline-block;min-width:15rem}th{white-space:nowrap}"
          + "input{font:inherit;padding:.25rem .4rem;width:24rem;max-width:70%}"
          + ".verdict{font-size:1.1rem}.facts,.growth{width:auto}.facts th{font-weight:400;"
          + "color:var(--faint)}"
          + "svg{width:100%;height:auto;max-width:64rem;display:block}"
          + "svg text{font:12px system-ui,sans-serif;fill:var(--faint)}"
          + ".grid{stroke:var(--rule)}.band{fill:var(--band)}"
          + ".level{fill:none;stroke:var(--level);stroke-width:1.6;stroke-linejoin:round;"
          + "stroke-linecap:round}"
          + ".expected{fill:none;stroke:var(--expected);stroke-width:1.2;stroke-dasharray:5 4}"
          + ".limit{stroke:var(--bad);stroke-width:1.4}"
          + ".start{stroke:var(--start);stroke-width:1.2;stroke-dasharray:2 3}"
          + ".key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;"
          + "color:var(--faint)}.key svg{display:inline-block;width:28px;height:12px;"
          + "margin-right:.4rem}";

  private Frame() {}

  /** The beginning, with the title of the window. */
  static Html begin(String title) {
    return new Html()
        .raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width\"><title>")
        .text(title)
        .raw("</title><style>")
        .raw(STYLE)
        .raw("</style></head><body>\n");
  }

  /** The end, with where else to look. */
  static String end(Html html) {
    return html.raw("<p><a href=\"/\">All series</a> · <a href=\"/metrics\">/metrics</a> · ")
        .raw("<a href=\"/metrics/self\">/metrics/self</a> · ")
        .raw("<a href=\"/api/v1/series\">/api/v1/series</a> · ")
        .raw("<a href=\"/api/v1/health\">/api/v1/health</a> · ")
        .raw("<a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a></p>\n</body></html>\n")
        .toString();
  }
}
