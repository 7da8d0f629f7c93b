package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.server.Tools;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark corpus table}. */
@Command(
    name = "table",
    description = {
      "Judge a recording by the exporter and by the rules people use today, and compare them.",
      "",
      "Loads the recording into a real Prometheus (once; kept in its folder), which answers the"
          + " exporter's queries and evaluates the other rules. docs/JUDGEMENT.md says what the"
          + " figures mean."
    })
public final class TableCommand extends PartCommand {
  @Option(names = "--quick", description = "Only the exporter: no other rules, no ablation.")
  private boolean quick;

  @Override
  protected String verb() {
    return "table";
  }

  @Override
  protected String tables(CorpusFolder folder, Part of, Tools tools, Consumer<String> tell)
      throws Exception {
    return new Table(folder, of, tools, tell).make(quick);
  }
}
