package dev.tidemark.rules.format;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * A piece of a file to replace.
 *
 * @param start index of its first character
 * @param end index after its last
 */
record Edit(int start, int end, String text) {
  private static final Pattern NOT_PLAIN =
      Pattern.compile("^[-?:,\\[\\]{}#&*!|>'\"%@`]|: | #|:$|[^\\x20-\\x7e]");
  private static final Pattern NOT_PLAIN_IN_FLOW = Pattern.compile("[,\\[\\]{}]");
  private static final Pattern INDENTED = Pattern.compile("[|>][-+]?[0-9]");

  /**
   * What makes a slot say the expression as laid out; empty where it does already.
   *
   * @param layout the expression in lines of so many columns
   */
  static Optional<Edit> of(String file, Slot slot, IntFunction<String> layout, int width) {
    if (slot.isBlock()) {
      return block(file, slot, layout, width);
    }
    String flat = layout.apply(slot.flow() ? Integer.MAX_VALUE : width - slot.column());
    if (flat.indexOf('\n') < 0) {
      return flat.equals(slot.value())
          ? Optional.empty()
          : Optional.of(new Edit(slot.start(), slot.end(), scalar(slot, flat)));
    }
    int indent = slot.keyColumn() + 2;
    int lineEnd = lineEnd(file, slot.end());
    String newline = newline(file);
    String comment = file.substring(slot.end(), lineEnd).stripTrailing();
    String content = indented(layout.apply(width - indent), indent, newline);
    return Optional.of(new Edit(slot.start(), lineEnd, "|" + comment + newline + content));
  }

  /** Whether a block's header gives a number of columns, so that its lines cannot be told. */
  static boolean isIndented(String file, Slot slot) {
    return slot.isBlock() && INDENTED.matcher(file).region(slot.start(), file.length()).lookingAt();
  }

  /** Line and column in the file, from 1, of a place in a slot's value. */
  static int[] place(String file, Slot slot, int line, int column) {
    if (slot.style() == ScalarStyle.LITERAL && !isIndented(file, slot)) {
      int first = nextLine(file, slot.start());
      int indent = first < file.length() ? indent(file, first) : 0;
      return new int[] {slot.line() + 1 + line, indent + column};
    }
    int quote = slot.style() == ScalarStyle.PLAIN ? 0 : 1;
    boolean asItIs = file.startsWith(slot.value(), slot.start() + quote);
    return new int[] {slot.line() + 1, slot.column() + (asItIs ? quote + column : 1)};
  }

  private static Optional<Edit> block(
      String file, Slot slot, IntFunction<String> layout, int width) {
    int from = nextLine(file, slot.start());
    int to = from;
    for (int at = from; at < slot.end(); at = nextLine(file, at)) {
      if (!file.substring(at, lineEnd(file, at)).isBlank()) {
        to = lineEnd(file, at);
      }
    }
    int first = from;
    while (file.substring(first, lineEnd(file, first)).isBlank()) {
      first = nextLine(file, first);
    }
    int indent = indent(file, first);
    String content = indented(layout.apply(width - indent), indent, newline(file));
    if (content.equals(file.substring(from, to))) {
      return Optional.empty();
    }
    String header = "|" + file.substring(slot.start() + 1, from);
    return Optional.of(new Edit(slot.start(), to, header + content));
  }

  private static int indent(String file, int lineStart) {
    int indent = 0;
    while (lineStart + indent < file.length() && file.charAt(lineStart + indent) == ' ') {
      indent++;
    }
    return indent;
  }

  private static String scalar(Slot slot, String flat) {
    boolean plain =
        slot.style() == ScalarStyle.PLAIN
            && !NOT_PLAIN.matcher(flat).find()
            && !(slot.flow() && NOT_PLAIN_IN_FLOW.matcher(flat).find());
    if (plain) {
      return flat;
    }
    return slot.style() == ScalarStyle.DOUBLE_QUOTED
        ? '"' + flat.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : "'" + flat.replace("'", "''") + "'";
  }

  private static String indented(String lines, int indent, String newline) {
    List<String> all = lines.lines().map(line -> " ".repeat(indent) + line).toList();
    return String.join(newline, all);
  }

  private static String newline(String file) {
    return file.contains("\r\n") ? "\r\n" : "\n";
  }

  /** Index of the end of the line, before its line feed and carriage return. */
  private static int lineEnd(String file, int at) {
    int end = file.indexOf('\n', at);
    if (end < 0) {
      return file.length();
    }
    return end > at && file.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** Index of the start of the next line, the text's length where there is none. */
  private static int nextLine(String file, int at) {
    int end = file.indexOf('\n', at);
    return end < 0 ? file.length() : end + 1;
  }
}
