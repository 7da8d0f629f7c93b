package dev.tidemark.e2e.corpus.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page whose middle is made by a command; what stands around it is left alone.
 *
 * @param verb of {@code tidemark corpus} that makes it
 */
public record Marked(Path page, String verb) {
  /** Puts a text between the marks; at the end of a page that has none. */
  public void put(String text) throws IOException {
    String old = Files.exists(page) ? Files.readString(page) : "";
    String first = mark("begin");
    String last = mark("end");
    int begin = old.indexOf(first);
    int end = old.indexOf(last);
    String made = first + "\n" + text + last;
    String whole =
        begin >= 0 && end > begin
            ? old.substring(0, begin) + made + old.substring(end + last.length())
            : old + made;
    Files.writeString(page, whole);
  }

  private String mark(String which) {
    return "<!-- made by tidemark corpus " + verb + ": " + which + " -->\n";
  }
}
