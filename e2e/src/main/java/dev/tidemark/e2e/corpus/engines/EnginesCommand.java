package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.table.Marked;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.launch.Cli;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
public final class EnginesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--corpus", required = true, description = "Folder of a recording.")
  private Path corpus = Path.of("");

  @Option(names = "--part", defaultValue = "test", description = "train or test, the default.")
  private Part part = Part.TEST;

  @Option(
      names = "--out",
      description = "Page to put the tables into, between its marks; else they are printed.")
  private @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    CorpusFolder folder = new CorpusFolder(corpus);
    if (!folder.exists()) {
      throw new ParameterException(
          spec.commandLine(), "--corpus: " + corpus + " is no recording: it has no labels.json");
    }
    Tools tools;
    try {
      tools = Tools.find();
    } catch (Tools.MissingTools e) {
      spec.commandLine().getErr().println("error: " + e.getMessage());
      return Cli.NO_ANSWER;
    }
    PrintWriter err = spec.commandLine().getErr();
    String text =
        new Engines(
                folder,
                part,
                tools,
                line -> {
                  err.println(line);
                  err.flush();
                })
            .compare();
    if (out == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      new Marked(out, "engines").put(text);
    }
    return Cli.OK;
  }
}
