package dev.tidemark.rules.found;

import dev.tidemark.rules.spec.SpecText;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Tells the comments of a YAML text from what only looks like one. */
public final class CommentLines {
  /** As YAML counts them, and with it every place in a file. */
  private static final Pattern ENDS = Pattern.compile("\\r\\n|[\\n\\r\\u0085\\u2028\\u2029]");

  private CommentLines() {}

  /**
   * The lines of a file without the blanks around them. In place of those that go on with a text,
   * as an expression of several lines, stands an empty one.
   */
  public static List<String> of(SpecText text) {
    List<String> lines = new ArrayList<>();
    ENDS.splitAsStream(text.text()).map(String::strip).forEach(lines::add);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE); // the size of a file is bounded before
    try {
      for (Event event : new Yaml(options).parse(new StringReader(text.text()))) {
        if (event instanceof ScalarEvent scalar) {
          int end = scalar.getEndMark().getLine() + (scalar.getEndMark().getColumn() > 0 ? 1 : 0);
          for (int i = scalar.getStartMark().getLine() + 1; i < end && i < lines.size(); i++) {
            lines.set(i, "");
          }
        }
      }
    } catch (YAMLException e) {
      // told of where the file is read; what stands above it is known
    }
    return lines;
  }
}
