package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.launch.Cli;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that makes tables of one part of a recording, for a page. */
public abstract class PartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--corpus", required = true, description = "Folder of a recording.")
  private Path corpus = Path.of("");

  @Option(names = "--part", defaultValue = "test", description = "train or test, the default.")
  private Part part = Part.TEST;

  @Option(
      names = "--out",
      description = "Page to put the tables into, between its marks; else they are printed.")
  private @Nullable Path out;

  /** What stands in the marks of its page: the name of the command. */
  protected abstract String verb();

  /**
   * Makes the tables.
   *
   * @param tell hears how far it is
   */
  protected abstract String tables(CorpusFolder folder, Part of, Tools tools, Consumer<String> tell)
      throws Exception;

  @Override
  public Integer call() throws Exception {
    CorpusFolder folder = new CorpusFolder(corpus);
    if (!folder.exists()) {
      throw new ParameterException(
          spec.commandLine(), "--corpus: " + corpus + " is no recording: it has no labels.json");
    }
    PrintWriter err = spec.commandLine().getErr();
    Tools tools;
    try {
      tools = Tools.find();
    } catch (Tools.MissingTools e) {
      err.println("error: " + e.getMessage());
      return Cli.NO_ANSWER;
    }
    String text =
        tables(
            folder,
            part,
            tools,
            line -> {
              err.println(line);
              err.flush();
            });
    if (out == null) {
      spec.commandLine().getOut().println(text.stripTrailing());
      spec.commandLine().getOut().flush();
    } else {
      new Marked(out, verb()).put(text);
    }
    return Cli.OK;
  }
}
