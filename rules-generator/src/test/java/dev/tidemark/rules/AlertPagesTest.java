package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.catalogue.AlertCatalogue;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Parameter;
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

  static List<CatalogueEntry> entries() {
    return AlertCatalogue.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void has_a_page_with_the_same_headings_as_all_others(CatalogueEntry entry) throws IOException {
    List<String> lines = Files.readAllLines(PAGES.resolve(entry.id() + ".md"));
    assertThat(lines.get(0)).isEqualTo("# " + entry.alert() + " (`" + entry.id() + "`)");
    assertThat(lines.stream().filter(line -> line.startsWith("## ")).toList()).isEqualTo(HEADINGS);
    assertThat(lines.stream().filter(line -> line.startsWith("| `")).toList())
        .as("the table of parameters")
        .isEqualTo(entry.parameters().stream().map(Parameter::row).toList());
    assertThat(Files.readString(PAGES.resolve("README.md"))).contains(entry.row());
  }

  @Test
  void no_page_is_left_over() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
          .allMatch(name -> name.equals("README") || AlertCatalogue.ids().contains(name));
    }
  }
}
