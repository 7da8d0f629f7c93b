package dev.tidemark.diagnosis.flame;

import dev.tidemark.diagnosis.finding.Quantity;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Draws a tree, the root on top: as wide as its value, in a difference red where it grew and blue
 * where it shrank. What is narrower than a fifth of a pixel is left out.
 */
final class FlameSvg {
  private static final int WIDTH = 1200;
  private static final int ROW = 18;
  private static final double NARROWEST = 0.2;
  private static final double CHARACTER = 6.7;

  private final PrintWriter out;
  private final FlameTree tree;
  private final double scale;
  private final double whole;

  FlameSvg(PrintWriter out, FlameTree tree) {
    this.out = out;
    this.tree = tree;
    this.whole = (double) tree.root().value();
    this.scale = whole > 0 ? WIDTH / whole : 0;
  }

  void write() {
    int height = (depth(tree.root()) + 1) * ROW + 2;
    out.printf(
        Locale.ROOT,
        "<svg id=\"flame\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " font-family=\"ui-monospace,monospace\" font-size=\"11\">%n",
        WIDTH,
        height);
    draw(tree.root(), 0, 0);
    out.print("</svg>\n");
  }

  private int depth(FlameNode node) {
    int deepest = 0;
    for (FlameNode child : node.children()) {
      if (child.value() * scale >= NARROWEST) {
        deepest = Math.max(deepest, 1 + depth(child));
      }
    }
    return deepest;
  }

  private void draw(FlameNode node, double x, int level) {
    double width = node.value() * scale;
    String name = node.name();
    int room = (int) ((width - 4) / CHARACTER);
    int length = name.codePointCount(0, name.length());
    String shown =
        length <= room
            ? name
            : room < 3 ? "" : name.substring(0, name.offsetByCodePoints(0, room - 1)) + "…";
    out.printf(
        Locale.ROOT,
        "<g class=\"f\"><title>%s</title><rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\""
            + " fill=\"%s\" stroke=\"#fff\" stroke-width=\".5\"/><text x=\"%.2f\" y=\"%d\""
            + " pointer-events=\"none\">%s</text></g>%n",
        Markup.escaped(name + ": " + told(node)),
        x,
        level * ROW,
        width,
        ROW - 1,
        colour(node),
        x + 3,
        level * ROW + 12,
        Markup.escaped(shown));
    double at = x;
    for (FlameNode child : node.children()) {
      double wide = child.value() * scale;
      if (wide >= NARROWEST) {
        draw(child, at, level + 1);
      }
      at += Math.max(wide, 0);
    }
  }

  private String told(FlameNode node) {
    String share = whole > 0 ? ", " + Quantity.percent(node.value() / whole) : "";
    String change =
        tree.difference()
            ? ", " + (node.delta() > 0 ? "+" : "") + amount(node.delta()) + " since before"
            : "";
    return amount(node.value()) + share + change;
  }

  private String amount(long value) {
    return tree.unit().equals("bytes")
        ? Quantity.bytes(value)
        : Quantity.count(value) + " " + tree.unit();
  }

  private String colour(FlameNode node) {
    if (!tree.difference()) {
      int shade = Math.floorMod(node.name().hashCode(), 40);
      return "hsl(%d,75%%,%d%%)".formatted(20 + shade, 62 + shade / 4);
    }
    double change = node.delta() / Math.max(1.0, (double) Math.max(node.base(), node.value()));
    int light = (int) Math.round(94 - 34 * Math.min(1, Math.abs(change)));
    return change == 0 ? "#eee" : "hsl(%d,85%%,%d%%)".formatted(change > 0 ? 4 : 215, light);
  }
}
