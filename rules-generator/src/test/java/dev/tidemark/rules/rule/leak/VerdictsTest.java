package dev.tidemark.rules.rule.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What alerts of engine exporter are tested with is what the engine says, and not what somebody
 * thought it would. {@code -Drefresh=true} writes the file anew.
 */
class VerdictsTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/tidemark/rules/rule/leak/verdicts.txt");

  @Test
  void the_file_holds_what_the_engine_says() throws Exception {
    StringBuilder text =
        new StringBuilder(
            "# What the engine says of goroutines, one a minute (VerdictsTest): state x minutes.\n");
    for (Course course : Course.all()) {
      text.append(course.name()).append(": ").append(runs(course.leakStates())).append('\n');
    }
    if (Boolean.getBoolean("refresh")) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text.toString());
  }

  @Test
  void the_file_is_read_as_it_was_written() {
    for (Course course : Course.all()) {
      List<Double> said = course.leakStates();
      said.replaceAll(state -> state.isNaN() ? Verdicts.NOTHING : state);
      assertThat(Verdicts.of(course.name())).as(course.name()).isEqualTo(said);
    }
  }

  @Test
  void leaks_are_confirmed_and_all_else_is_not_once_there_was_a_yesterday() {
    for (Course course : Course.all()) {
      List<Double> known = Verdicts.of(course.name()).subList(24 * 60, Course.MINUTES);
      assertThat(Collections.max(known) >= 2)
          .as(course.name())
          .isEqualTo(course.name().contains("leak"));
    }
  }

  private static String runs(List<Double> states) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int to = 1; to <= states.size(); to++) {
      if (to == states.size() || !states.get(to).equals(states.get(from))) {
        text.append(from == 0 ? "" : " ")
            .append(states.get(from).isNaN() ? "_" : String.valueOf(states.get(from).intValue()))
            .append('x')
            .append(to - from);
        from = to;
      }
    }
    return text.toString();
  }
}
