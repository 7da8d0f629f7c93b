package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.output.OutputFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** alerts/ at the top of the repository is what the generator makes of the example fleet. */
class AlertsFolderTest {
  @Test
  void is_up_to_date() throws Exception {
    String spec = Files.readString(Path.of("examples/fleet.yaml"));
    OutputFolder.Changes changes = new OutputFolder(Path.of("../alerts")).plan(Oracle.files(spec));
    assertThat(changes.isEmpty())
        .as(
            "%s differ; run: ./tidemark rules generate --spec rules-generator/examples/fleet.yaml"
                + " --out alerts",
            changes)
        .isTrue();
  }
}
