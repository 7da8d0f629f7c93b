package dev.tidemark.e2e.corpus.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page whose middle is made by a command; what stands around it is left alone. */
record Marked(Path page) {
  private static final String BEGIN = "<!-- made by tidemark corpus table: begin -->\n";
  private static final String END = "<!-- made by tidemark corpus table: end -->\n";

  /** Puts a text between the marks; at the end of a page that has none. */
  void put(String text) throws IOException {
    String old = Files.exists(page) ? Files.readString(page) : "";
    int begin = old.indexOf(BEGIN);
    int end = old.indexOf(END);
    String made = BEGIN + "\n" + text + END;
    String whole =
        begin >= 0 && end > begin
            ? old.substring(0, begin) + made + old.substring(end + END.length())
            : old + made;
    Files.writeString(page, whole);
  }
}
