package dev.tidemark.e2e.corpus;

import dev.tidemark.e2e.corpus.engines.EnginesCommand;
import dev.tidemark.e2e.corpus.goroutines.GoroutinesCommand;
import dev.tidemark.e2e.corpus.nab.NabCommand;
import dev.tidemark.e2e.corpus.record.RecordCommand;
import dev.tidemark.e2e.corpus.table.TableCommand;
import picocli.CommandLine.Command;

/** {@code tidemark corpus}. */
@Command(
    name = "corpus",
    description = "Record a labelled corpus of real Go programs, and judge judges of leaks by it.",
    subcommands = {
      RecordCommand.class,
      TableCommand.class,
      EnginesCommand.class,
      NabCommand.class,
      GoroutinesCommand.class
    })
public final class CorpusCommand {}
