package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.dashboard.Dashboards;
import dev.tidemark.rules.output.OutputFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** alerts/ at the top of the repository is what the generator makes of the example fleet. */
class AlertsFolderTest {
  static final String COMMAND =
      "./tidemark rules generate --spec rules-generator/examples/fleet.yaml --out alerts"
          + " --dashboards dashboards";

  @Test
  void is_up_to_date() throws Exception {
    Generator.Output output = Oracle.output(Files.readString(Path.of("examples/fleet.yaml")));
    SortedMap<String, byte[]> files = new TreeMap<>(output.files());
    files.keySet().removeIf(path -> path.startsWith(Dashboards.FOLDER));
    OutputFolder.Changes changes =
        new OutputFolder(Path.of("../alerts")).plan(files, output.facts());
    assertThat(changes.isEmpty()).as("%s differ; run: %s", changes, COMMAND).isTrue();
  }
}
