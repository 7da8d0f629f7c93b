package dev.tidemark.webhook;

import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.webhook.audit.AuditLines;
import dev.tidemark.webhook.journal.JournalException;
import dev.tidemark.webhook.journal.SqliteJournal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what happened, one JSON object a line, the oldest first; also while the webhook runs. */
@Command(
    name = "audit",
    description =
        "Print all that happened to an episode, or to all, as JSON lines; exit code 1 when there is no such episode.")
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--storage.path",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The webhook's storage folder; default: ${DEFAULT-VALUE}.")
  private Path storage = Path.of("data");

  @Option(names = "--episode", paramLabel = "ID", description = "Only this episode.")
  private @Nullable String episode;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (SqliteJournal.ClosableView view = SqliteJournal.view(storage)) {
      AuditLines lines = new AuditLines(view);
      if (episode == null) {
        lines.all(out::println);
      } else if (!lines.of(episode, out::println)) {
        throw new ExitException(Cli.FINDINGS, "there is no episode " + episode);
      }
      out.flush();
      return Cli.OK;
    } catch (JournalException e) {
      throw new ExitException(Cli.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
