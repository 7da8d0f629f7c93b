package dev.tidemark.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.rules.format.ExprFormat;
import dev.tidemark.rules.format.FileFormat;
import dev.tidemark.rules.format.Formatted;
import dev.tidemark.rules.format.Note;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lays out the expressions of rule files and specifications where they stand. */
@Command(
    name = "format",
    description = "Lays out the expressions of rule files and specifications, and nothing else.")
final class FormatCommand implements Callable<Integer> {
  private static final String STDIN = "-";
  private static final int NARROWEST = 20;

  /** How the outcome is told. */
  private enum Format {
    TEXT,
    JSON
  }

  @Parameters(
      paramLabel = "FILE|DIR|-",
      description = "Files, folders of .yaml and .yml, or - for stdin to stdout.")
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

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|json",
      description = "How to tell what was done.")
  private Format format = Format.TEXT;

  @Spec private @Nullable CommandSpec command;

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
      texts.addAll(SpecFiles.read(file, System.in));
    }
    return texts;
  }

  /** To stdout what came from stdin; a file in one step, so that nobody sees half of it. */
  private void write(SpecText from, Formatted result) throws IOException {
    if (from.file().equals(SpecFiles.STDIN)) {
      if (!check && format == Format.TEXT) {
        out().print(result.text());
      }
      return;
    }
    if (check || result.count(Note.Kind.CHANGED) == 0) {
      return;
    }
    Path file = Path.of(from.file()).toRealPath();
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".format-", ".yml");
    try {
      Files.writeString(draft, result.text(), StandardCharsets.UTF_8);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(file));
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void tell(Map<SpecText, Formatted> results) throws IOException {
    if (format == Format.JSON) {
      out().println(new ObjectMapper().writeValueAsString(Map.of("files", json(results))));
    } else {
      results.forEach(this::tell);
    }
    out().flush();
    err().flush();
  }

  private void tell(SpecText from, Formatted result) {
    for (Note note : result.notes()) {
      if (note.kind() != Note.Kind.CHANGED) {
        err()
            .println(from.file() + ":" + note.line() + ":" + note.column() + ": " + note.message());
      } else if (check) {
        out().println("differs  " + from.file() + ":" + note.line() + ":" + note.column());
      }
    }
    long changed = result.count(Note.Kind.CHANGED);
    if (!check && changed > 0 && !from.file().equals(SpecFiles.STDIN)) {
      out().println("written  " + from.file() + " (" + changed + ")");
    }
  }

  private List<Map<String, Object>> json(Map<SpecText, Formatted> results) {
    List<Map<String, Object>> files = new ArrayList<>();
    results.forEach(
        (from, result) -> {
          Map<String, Object> file = new LinkedHashMap<>();
          file.put("file", from.file());
          file.put("changed", result.count(Note.Kind.CHANGED));
          if (from.file().equals(SpecFiles.STDIN) && !check) {
            file.put("text", result.text());
          }
          List<Map<String, Object>> notes = new ArrayList<>();
          for (Note note : result.notes()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("kind", note.kind().name().toLowerCase(Locale.ROOT));
            one.put("line", note.line());
            one.put("column", note.column());
            one.put("message", note.message());
            notes.add(one);
          }
          file.put("notes", notes);
          files.add(file);
        });
    return files;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(command).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(command).commandLine().getErr();
  }
}
