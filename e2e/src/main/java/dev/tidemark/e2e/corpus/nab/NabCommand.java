package dev.tidemark.e2e.corpus.nab;

import dev.tidemark.toolkit.launch.Cli;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark corpus nab}. */
@Command(
    name = "nab",
    description = {
      "Score the engine's bands on a local clone of the Numenta Anomaly Benchmark.",
      "",
      "Clone https://github.com/numenta/NAB yourself. The score is the benchmark's own: 0 is a"
          + " detector that says nothing, 100 one that sees every anomaly at once and nothing"
          + " else."
    })
public final class NabCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The clone: it has data/ and labels/.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws IOException {
    Dataset dataset = new Dataset(folder);
    if (!dataset.exists()) {
      throw new ParameterException(
          spec.commandLine(), folder + " is no clone of NAB: no labels/combined_windows.json");
    }
    List<Series> corpus = new ArrayList<>();
    for (Dataset.Recorded recorded : dataset.read()) {
      corpus.add(new Series(BandDetector.scores(recorded), recorded.windows));
    }
    PrintWriter out = spec.commandLine().getOut();
    for (Profile profile :
        List.of(Profile.STANDARD, Profile.LOW_FALSE_POSITIVES, Profile.LOW_FALSE_NEGATIVES)) {
      NabScore score = NabScore.of(corpus, profile);
      out.println(
          String.format(
              Locale.ROOT,
              "%-14s %6.2f   %d of %d windows, threshold %.3f",
              profile.name(),
              score.value(),
              score.windowsHit(),
              score.windows(),
              score.threshold()));
    }
    out.flush();
    return Cli.OK;
  }
}
