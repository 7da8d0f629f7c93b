package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.rule.AlertCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert has its page under docs/alerts, and each page its alert. */
class AlertPagesTest {
  private static final Path PAGES = Path.of("../docs/alerts");
  private static final List<String> HEADINGS =
      List.of("## Meaning", "## Impact", "## Diagnosis", "## Mitigation", "## When it is wrong");

  static List<String> ids() {
    return AlertCatalogue.ids();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void has_a_page_with_the_same_headings_as_all_others(String id) throws IOException {
    List<String> lines = Files.readAllLines(PAGES.resolve(id + ".md"));
    assertThat(lines.get(0))
        .isEqualTo("# " + AlertCatalogue.alert(id).orElseThrow() + " (`" + id + "`)");
    assertThat(lines.stream().filter(line -> line.startsWith("## ")).toList()).isEqualTo(HEADINGS);
    assertThat(Files.readString(PAGES.resolve("README.md"))).contains("(" + id + ".md)");
  }

  @Test
  void no_page_is_left_over() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
          .allMatch(name -> name.equals("README") || ids().contains(name));
    }
  }
}
