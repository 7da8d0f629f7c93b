package dev.tidemark.e2e.corpus.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void what_stands_around_the_marks_is_left_alone() throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "# Before\n");
    new Marked(page, "table").put("first\n");
    Files.writeString(page, Files.readString(page) + "after\n");
    new Marked(page, "table").put("second\n");
    assertThat(Files.readString(page))
        .startsWith("# Before\n")
        .contains("second\n")
        .doesNotContain("first")
        .endsWith("after\n");
  }
}
