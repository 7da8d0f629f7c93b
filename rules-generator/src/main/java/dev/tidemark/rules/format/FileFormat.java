package dev.tidemark.rules.format;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.format.Layout;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.promql.parse.PromQlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Lays out the expressions of a YAML file in place. Only their own characters change; the result is
 * read again, and where anything but the expressions would differ, nothing is changed at all.
 */
public final class FileFormat {
  /** What the generator writes first into each file. */
  private static final String GENERATED = "# Written by tidemark rules generate.";

  private final String text;
  private final int width;
  private final List<Note> notes = new ArrayList<>();

  private FileFormat(String text, int width) {
    this.text = text;
    this.width = width;
  }

  /** The file with its expressions in lines of a width. */
  public static Formatted format(String text, int width) {
    return new FileFormat(text, width).format();
  }

  private Formatted format() {
    if (text.startsWith(GENERATED)) {
      String why = "left as it is: it is generated; format the specification, and generate anew";
      return new Formatted(text, List.of(new Note(Note.Kind.KEPT, 1, 1, why)));
    }
    try {
      YamlScan before = YamlScan.of(text);
      List<Expr> exprs = new ArrayList<>();
      StringBuilder changed = new StringBuilder();
      int done = 0;
      for (Slot slot : before.slots()) {
        Optional<Edit> edit = edit(slot, exprs);
        if (edit.isPresent()) {
          changed.append(text, done, edit.get().start()).append(edit.get().text());
          done = edit.get().end();
        }
      }
      changed.append(text, done, text.length());
      if (done == 0 || isSame(before, exprs, changed.toString())) {
        return new Formatted(changed.toString(), notes);
      }
      return unsafe("the file would not say the same: left as it is", 1, 1);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      return unsafe(
          "is no YAML: " + e.getProblem(),
          mark == null ? 1 : mark.getLine() + 1,
          mark == null ? 1 : mark.getColumn() + 1);
    } catch (YAMLException | IllegalArgumentException e) {
      return unsafe("cannot be formatted: " + e.getMessage(), 1, 1);
    }
  }

  private Formatted unsafe(String message, int line, int column) {
    return new Formatted(text, List.of(new Note(Note.Kind.BROKEN, line, column, message)));
  }

  /** Remembers the expression of each slot that reads. */
  private Optional<Edit> edit(Slot slot, List<Expr> exprs) {
    try {
      Parsed parsed = PromQlParser.read(slot.value());
      exprs.add(parsed.expr());
      if (parsed.isCommented() || slot.marked() || Edit.isIndented(text, slot)) {
        note(Note.Kind.KEPT, slot, kept(parsed, slot));
        return Optional.empty();
      }
      Optional<Edit> edit =
          Edit.of(text, slot, columns -> Layout.of(parsed.expr(), columns), width);
      edit.ifPresent(e -> note(Note.Kind.CHANGED, slot, "laid out"));
      return edit;
    } catch (ParseException e) {
      int[] place = Edit.place(text, slot, e.line(), e.column());
      notes.add(new Note(Note.Kind.BROKEN, place[0], place[1], e.reason()));
      return Optional.empty();
    }
  }

  private static String kept(Parsed parsed, Slot slot) {
    if (parsed.isCommented()) {
      return "left as it is: holds a comment";
    }
    return slot.marked()
        ? "left as it is: has an anchor or a tag"
        : "left as it is: its block says how far it is indented";
  }

  private void note(Note.Kind kind, Slot slot, String message) {
    notes.add(new Note(kind, slot.line() + 1, slot.column() + 1, message));
  }

  private static boolean isSame(YamlScan before, List<Expr> exprs, String changed) {
    YamlScan after = YamlScan.of(changed);
    if (!after.others().equals(before.others()) || after.slots().size() != before.slots().size()) {
      return false;
    }
    List<Expr> again = new ArrayList<>();
    for (int i = 0; i < after.slots().size(); i++) {
      String value = after.slots().get(i).value();
      try {
        again.add(PromQlParser.parse(value));
      } catch (ParseException e) {
        if (!value.equals(before.slots().get(i).value())) {
          return false;
        }
      }
    }
    return again.equals(exprs);
  }
}
