package dev.tidemark.rules.format;

import dev.tidemark.promql.format.Layout;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.promql.parse.PromQlParser;
import java.util.List;

/** Lays out a text that is one expression. */
public final class ExprFormat {
  private ExprFormat() {}

  /**
   * The expression in lines of a width, with a newline at the end; one with a comment stays as it
   * is, for a comment has no place in the tree.
   */
  public static Formatted format(String text, int width) {
    try {
      Parsed parsed = PromQlParser.read(text);
      if (parsed.isCommented()) {
        return new Formatted(text, List.of(new Note(Note.Kind.KEPT, 1, 1, "holds a comment")));
      }
      String laidOut = Layout.of(parsed.expr(), width) + "\n";
      return laidOut.equals(text)
          ? new Formatted(text, List.of())
          : new Formatted(laidOut, List.of(new Note(Note.Kind.CHANGED, 1, 1, "laid out")));
    } catch (ParseException e) {
      return new Formatted(
          text, List.of(new Note(Note.Kind.BROKEN, e.line(), e.column(), e.reason())));
    }
  }
}
