package dev.tidemark.e2e;

import dev.tidemark.e2e.bench.BenchCommand;
import dev.tidemark.e2e.corpus.CorpusCommand;
import dev.tidemark.e2e.demo.DemoCommand;
import dev.tidemark.toolkit.launch.Cli;
import picocli.CommandLine.Command;

/** What the launcher starts for {@code tidemark demo}, {@code corpus} and {@code bench}. */
@Command(
    name = "tidemark",
    description = "Runs Tidemark against real servers.",
    subcommands = {DemoCommand.class, CorpusCommand.class, BenchCommand.class})
public final class Main {
  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }
}
