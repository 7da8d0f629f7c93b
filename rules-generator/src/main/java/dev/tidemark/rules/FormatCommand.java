package dev.tidemark.rules;

import dev.tidemark.rules.format.ExprFormat;
import dev.tidemark.rules.format.FileFormat;
import dev.tidemark.rules.format.Formatted;
import dev.tidemark.rules.format.Note;
import dev.tidemark.rules.output.AtomicFile;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lays out the expressions of rule files and specifications where they stand. */
@Command(
    name = "format",
    description = "Lays out the expressions of rule files and specifications, and nothing else.")
final class FormatCommand implements Callable<Integer> {
  private static final String STDIN = "-";
  private static final int NARROWEST = 20;

  /** The outcome as JSON. */
  private record AllFiles(List<OneFile> files) {}

  private record OneFile(String file, long changed, @Nullable String text, List<OneNote> notes) {}

  private record OneNote(String kind, int line, int column, String message) {}

  @Parameters(
      paramLabel = "FILE|DIR|-",
      description = "Files, folders with all .yaml and .yml below, or - for stdin to stdout.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--check",
      description = "Changes nothing; exit code 1 when something would change.")
  private boolean check;

  @Option(names = "--expr", description = "Stdin is one expression; writes it to stdout.")
  private boolean expr;

  @Option(
      names = "--width",
      defaultValue = "100",
      paramLabel = "COLUMNS",
      description = "Where lines are broken. Default: ${DEFAULT-VALUE}.")
  private int width;

  @Mixin private FormatOption format = new FormatOption();

  @Override
  public Integer call() throws Exception {
    if (width < NARROWEST) {
      throw new ExitException(Cli.INVALID, "--width: found " + width + ", needs 20 or more");
    }
    List<SpecText> texts = texts();
    Map<SpecText, Formatted> results = new LinkedHashMap<>();
    for (SpecText text : texts) {
      results.put(
          text,
          expr ? ExprFormat.format(text.text(), width) : FileFormat.format(text.text(), width));
    }
    for (Map.Entry<SpecText, Formatted> result : results.entrySet()) {
      write(result.getKey(), result.getValue());
    }
    tell(results);
    boolean broken = results.values().stream().anyMatch(f -> f.count(Note.Kind.BROKEN) > 0);
    boolean changed = results.values().stream().anyMatch(f -> f.count(Note.Kind.CHANGED) > 0);
    return broken || (check && changed) ? Cli.FINDINGS : Cli.OK;
  }

  private List<SpecText> texts() throws IOException {
    if (expr && !files.isEmpty() && !files.equals(List.of(STDIN))) {
      throw new ExitException(Cli.INVALID, "--expr reads stdin, found " + files.get(0));
    }
    if (files.isEmpty() && !expr) {
      throw new ExitException(Cli.INVALID, "needs a file, a folder, or - for stdin");
    }
    List<SpecText> texts = new ArrayList<>();
    for (String file : expr ? List.of(STDIN) : files) {
      texts.addAll(SpecFiles.readBelow(file, System.in));
    }
    if (texts.isEmpty()) {
      throw new ExitException(
          Cli.INVALID, String.join(", ", files) + ": holds no file ending in .yaml or .yml");
    }
    return texts;
  }

  /** To stdout what came from stdin; a file in one step, so that nobody sees half of it. */
  private void write(SpecText from, Formatted result) throws IOException {
    if (from.file().equals(SpecFiles.STDIN)) {
      if (!check && !format.isJson()) {
        format.out().print(result.text());
      }
      return;
    }
    if (check || result.count(Note.Kind.CHANGED) == 0) {
      return;
    }
    AtomicFile.write(Path.of(from.file()), result.text().getBytes(StandardCharsets.UTF_8));
  }

  private void tell(Map<SpecText, Formatted> results) throws IOException {
    format.tell(new AllFiles(json(results)), out -> results.forEach(this::tell));
  }

  private void tell(SpecText from, Formatted result) {
    for (Note note : result.notes()) {
      if (note.kind() != Note.Kind.CHANGED) {
        format
            .err()
            .println(from.file() + ":" + note.line() + ":" + note.column() + ": " + note.message());
      } else if (check) {
        format.out().println("differs  " + from.file() + ":" + note.line() + ":" + note.column());
      }
    }
    long changed = result.count(Note.Kind.CHANGED);
    if (!check && changed > 0 && !from.file().equals(SpecFiles.STDIN)) {
      format.out().println("written  " + from.file() + " (" + changed + ")");
    }
  }

  private List<OneFile> json(Map<SpecText, Formatted> results) {
    List<OneFile> all = new ArrayList<>();
    results.forEach(
        (from, result) -> {
          boolean shown = from.file().equals(SpecFiles.STDIN) && !check;
          all.add(
              new OneFile(
                  from.file(),
                  result.count(Note.Kind.CHANGED),
                  shown ? result.text() : null,
                  result.notes().stream()
                      .map(
                          note ->
                              new OneNote(
                                  note.kind().name().toLowerCase(Locale.ROOT),
                                  note.line(),
                                  note.column(),
                                  note.message()))
                      .toList()));
        });
    return all;
  }
}
