package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.table.PartCommand;
import dev.tidemark.e2e.server.Tools;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** {@code tidemark corpus engines}. */
@Command(
    name = "engines",
    description = {
      "Compare the generated alerts of both engines on a recording.",
      "",
      "Loads the recording into a real Prometheus, adds what the exporter would have exposed and"
          + " what the recording rules would have recorded, and has it evaluate every alert that"
          + " both engines have. docs/leak-rules.md says what the figures mean."
    })
public final class EnginesCommand extends PartCommand {
  @Override
  protected String verb() {
    return "engines";
  }

  @Override
  protected String tables(CorpusFolder folder, Part of, Tools tools, Consumer<String> tell)
      throws Exception {
    return new Engines(folder, of, tools, tell).compare();
  }
}
