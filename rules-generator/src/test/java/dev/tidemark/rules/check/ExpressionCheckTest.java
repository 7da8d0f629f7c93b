package dev.tidemark.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.spec.Release;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** promtool is asked only about what it is new enough for. */
class ExpressionCheckTest {
  @TempDir Path folder = Path.of("");
  private final List<String> notes = new ArrayList<>();

  private int problems(String target) throws Exception {
    Path promtool =
        Files.writeString(
            folder.resolve("promtool"),
            """
            #!/bin/sh
            if [ "$1" = --version ]; then echo "promtool, version 2.42.0+ds (branch: x)"; exit 0; fi
            echo 'group "checked", rule 1, "Checked": could not parse expression: 1:1: parse error'
            exit 1
            """);
    assertThat(promtool.toFile().setExecutable(true)).isTrue();
    Placed<String> expr = new Placed<>("sort_by_label(up, \"job\") > 0", new Place("s.yaml", 3, 7));
    return new ExpressionCheck(new Promtool(promtool), notes::add)
        .check(List.of(expr), Release.parse(target))
        .size();
  }

  @Test
  void an_older_one_is_not_asked_and_that_is_said() throws Exception {
    assertThat(problems("3.0")).isZero();
    assertThat(notes)
        .containsExactly(
            "promtool is of Prometheus 2.42, older than target.prometheus 3.0: it was not asked"
                + " about your expressions; what only the newer reads it calls wrong, so put a newer one"
                + " on PATH or into the folder TIDEMARK_TOOLS_BIN names, or set target.prometheus to what"
                + " you run");
  }

  @Test
  void one_as_new_as_the_target_is_asked() throws Exception {
    assertThat(problems("2.42")).isOne();
    assertThat(notes).isEmpty();
  }
}
