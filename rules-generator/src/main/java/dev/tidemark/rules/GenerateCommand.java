package dev.tidemark.rules;

import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes rules, their tests and Alertmanager's configuration; or says what would change. */
@Command(
    name = "generate",
    description = "Writes rules, their tests and Alertmanager's configuration.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin private SpecOption spec = new SpecOption();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write. Only files that its lock.json names are replaced or removed.")
  private @Nullable Path out;

  @Option(
      names = "--check",
      description = "Writes nothing; exit code 1 when the folder is not what would be written.")
  private boolean check;

  @Override
  public Integer call() throws Exception {
    Optional<Generator.Output> output = spec.generate();
    if (output.isEmpty() || out == null) {
      return Cli.FINDINGS;
    }
    try {
      return write(new OutputFolder(out), output.get().files());
    } catch (OutputException e) {
      throw new ExitException(Cli.FINDINGS, String.valueOf(e.getMessage()));
    }
  }

  private int write(OutputFolder folder, Map<String, byte[]> files)
      throws IOException, OutputException {
    OutputFolder.Changes changes = check ? folder.plan(files) : folder.write(files);
    PrintWriter print = spec.out();
    changes.written().forEach(path -> print.println((check ? "differs  " : "written  ") + path));
    changes.removed().forEach(path -> print.println((check ? "left over " : "removed  ") + path));
    changes
        .kept()
        .forEach(path -> print.println("kept     " + path + " (no longer generated, but edited)"));
    if (changes.isEmpty()) {
      print.println("up to date: " + files.size() + " files");
    }
    print.flush();
    return check && !changes.isEmpty() ? Cli.FINDINGS : Cli.OK;
  }
}
