package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.rules.spec.SpecText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** dashboards/ at the top of the repository is what the generator makes of the example fleet. */
class DashboardsFolderTest {
  @Test
  void is_up_to_date() throws Exception {
    SpecText spec = new SpecText("spec.yaml", Files.readString(Path.of("examples/fleet.yaml")));
    OutputFolder.Changes changes =
        new OutputFolder(Path.of("../dashboards"))
            .plan(
                Generator.generate(List.of(spec), (all, target) -> List.of()).dashboards(),
                Facts.NONE);
    assertThat(changes.isEmpty())
        .as("%s differ; run: %s", changes, AlertsFolderTest.COMMAND)
        .isTrue();
  }
}
