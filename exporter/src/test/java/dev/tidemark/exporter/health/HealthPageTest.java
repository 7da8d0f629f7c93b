package dev.tidemark.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.signals.fact.Facts;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/health.md says of each class what it is, when it is wrong and how to turn it off. */
class HealthPageTest {
  private static final Path PAGE = Path.of("../docs/health.md");
  private static final List<String> POINTS =
      List.of("- **What**: ", "- **Why**: ", "- **When it is wrong**: ", "- **Turn off**: ");

  private static String section(String heading) throws IOException {
    return section(PAGE, heading);
  }

  private static String section(Path file, String heading) throws IOException {
    String page = "\n" + Files.readString(file);
    String begin = "\n## " + heading + "\n";
    assertThat(page).contains(begin);
    String rest = page.substring(page.indexOf(begin) + begin.length());
    int end = rest.indexOf("\n## ");
    return end < 0 ? rest : rest.substring(0, end);
  }

  @ParameterizedTest
  @EnumSource(TroubleClass.class)
  void each_class_has_its_section_with_the_same_points(TroubleClass trouble) throws IOException {
    String section = section(trouble.label());
    List<String> points = section.lines().filter(line -> line.startsWith("- **")).toList();
    assertThat(points).hasSameSizeAs(POINTS);
    for (int i = 0; i < POINTS.size(); i++) {
      assertThat(points.get(i)).startsWith(POINTS.get(i)).hasSizeGreaterThan(40);
    }
    assertThat(points.get(3)).contains("`health: {off: [" + trouble.label() + "]}`");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "engine.md, 'Expected, band, score'",
    "engine.md, Workload prior",
    "engine.md, Peers",
    "engine.md, Lag and freezing",
    "engine.md, Season",
    "engine.md, Growth and the leak state",
    "engine.md, Forecast",
    "health.md, Where the memory is",
    "health.md, The health score",
    "health.md, Restarts and kills",
    "health.md, What two signals say together",
    "health.md, Forecast",
  })
  void each_judgement_says_what_and_why_and_when_it_is_wrong_and_how_to_turn_it_off(
      String page, String heading) throws IOException {
    List<String> points =
        section(PAGE.resolveSibling(page), heading)
            .lines()
            .filter(line -> line.matches("- \\*\\*[WT].*\\*\\*: .*"))
            .toList();
    assertThat(points).hasSameSizeAs(POINTS);
    for (int i = 0; i < POINTS.size(); i++) {
      assertThat(points.get(i)).startsWith(POINTS.get(i)).hasSizeGreaterThan(40);
    }
  }

  @Test
  void every_threshold_is_named() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(
            Arrays.stream(HealthConfig.class.getRecordComponents()).map(RecordComponent::getName))
        .allSatisfy(key -> assertThat(page).contains(key));
  }

  @Test
  void every_fact_has_its_row_which_says_where_it_comes_from() throws IOException {
    List<String> rows = section("Facts").lines().filter(line -> line.startsWith("| `")).toList();
    assertThat(Facts.load().all())
        .allSatisfy(
            fact ->
                assertThat(rows)
                    .anySatisfy(
                        row -> assertThat(row.split("\\|")[1]).contains("`" + fact.id() + "`")));
  }

  @Test
  void every_part_of_the_score_is_in_its_table_with_its_weight() throws IOException {
    String section = section("The health score");
    for (HealthScore.Part part : HealthScore.Part.values()) {
      String weight = String.valueOf(part.weight);
      assertThat(section).contains("| `" + part.label() + "` | " + weight + " |");
    }
  }
}
