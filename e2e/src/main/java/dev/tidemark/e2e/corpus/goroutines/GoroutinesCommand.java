package dev.tidemark.e2e.corpus.goroutines;

import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.launch.Cli;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark corpus goroutines}. */
@Command(
    name = "goroutines",
    description = {
      "Score diagnose goroutines on Go programs whose leaks are marked.",
      "",
      "Each file of DIR is a program: lines where leaked goroutines stand end in '// leaks', or in"
          + " '// leaks in FUNCTION' where that is the standard library's; what stands elsewhere is"
          + " healthy. Names begin with healthy_ where nothing leaks, and end in _test for tests."
          + " e2e/programs has examples, and record.go, which must lie beside DIR."
    })
public final class GoroutinesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The programs.")
  private Path folder = Path.of("");

  @Option(
      names = "--goroot",
      paramLabel = "DIR",
      description = "Go releases to build with, instead of the one on PATH.")
  private List<Path> roots = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the dumps go; a release whose dumps are there is not built again.")
  private Path out = Path.of("");

  @Option(names = "--wrong", description = "Name each group that is judged wrongly.")
  private boolean wrong;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Programs programs = new Programs(folder);
    if (!Files.isDirectory(folder) || programs.all().isEmpty()) {
      throw new ParameterException(spec.commandLine(), folder + " has no Go programs");
    }
    PrintWriter print = spec.commandLine().getOut();
    print.println(
        "| Go | form | leaked goroutines called leak or suspect (leak) | places of leaks | healthy"
            + " groups called leak (suspect) |");
    print.println("| --- | --- | --- | --- | --- |");
    if (roots.isEmpty()) {
      String go;
      try {
        go = Tools.find().go().toString();
      } catch (Tools.MissingTools e) {
        spec.commandLine().getErr().println("error: " + e.getMessage());
        return Cli.NO_ANSWER;
      }
      judge(new Trial(programs, go, null, work("own")), "on PATH", print);
    }
    for (Path root : roots) {
      String name = Optional.ofNullable(root.getFileName()).map(Path::toString).orElse("go");
      String go = root.resolve("bin/go").toString();
      judge(new Trial(programs, go, root, work(name)), name, print);
    }
    return Cli.OK;
  }

  private Path work(String release) {
    return out.toAbsolutePath().resolve(release);
  }

  private void judge(Trial trial, String release, PrintWriter print)
      throws IOException, InterruptedException, ExecutionException {
    trial.record();
    for (String form : Programs.FORMS) {
      Score score = trial.score(form);
      print.println("| " + release + " | " + form + " | " + score.row() + " |");
      if (wrong) {
        score.wrong().forEach(print::println);
      }
      print.flush();
    }
  }
}
