package dev.tidemark.signals.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each signal has its page under docs/signals, and each page its signal. */
class SignalPagesTest {
  private static final Path PAGES = Path.of("../../docs/signals");
  private static final List<String> HEADINGS =
      List.of(
          "## What it is",
          "## Why it matters",
          "## What it needs",
          "## How to opt in",
          "## How it is judged",
          "## When it is wrong",
          "## How to turn it off");

  static Stream<Signal> signals() {
    return Catalogue.load().perRequest("up", List.of()).signals().stream();
  }

  @ParameterizedTest
  @MethodSource("signals")
  void has_a_page_with_the_same_headings_as_all_others(Signal signal) throws IOException {
    List<String> lines = Files.readAllLines(PAGES.resolve(signal.id() + ".md"));
    assertThat(lines.get(0)).isEqualTo("# " + signal.title() + " (`" + signal.id() + "`)");
    assertThat(lines.stream().filter(line -> line.startsWith("## ")).toList()).isEqualTo(HEADINGS);
    for (int i = 0; i < lines.size() - 1; i++) {
      if (lines.get(i).startsWith("## ")) {
        assertThat(lines.get(i + 2)).as("below %s of %s", lines.get(i), signal.id()).isNotBlank();
      }
    }
    String page = String.join("\n", lines);
    for (Need need : signal.needs()) {
      assertThat(page).as(signal.id()).contains("`" + need.metric() + "`");
    }
  }

  @Test
  void no_page_is_left_over() throws IOException {
    List<String> ids = signals().map(Signal::id).toList();
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(
              pages.map(page -> page.getFileName().toString()).filter(n -> !n.equals("README.md")))
          .allMatch(name -> ids.contains(name.replace(".md", "")));
    }
  }
}
