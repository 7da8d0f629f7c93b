package dev.tidemark.rules;

import dev.tidemark.rules.apply.FolderApply;
import dev.tidemark.rules.dashboard.Dashboards;
import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.rules.output.Writing;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folders that output goes to, for the verbs that write there or say what would change. */
final class FoldersOption {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the output. Only files that its lock.json names are replaced.")
  private @Nullable Path out;

  @Option(
      names = "--dashboards",
      paramLabel = "DIR",
      description =
          "The folder of the dashboards, with a lock.json of their own; else below --out.")
  private @Nullable Path dashboards;

  /** As if the flags had said so; empty where that is no path here. */
  static Optional<FoldersOption> of(String out, Optional<String> dashboards) {
    FoldersOption option = new FoldersOption();
    try {
      option.out = Path.of(out);
      option.dashboards = dashboards.map(Path::of).orElse(null);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    return Optional.of(option);
  }

  /** Says so where an apply into the folder has not ended. */
  void tellCutOff(FormatOption format) {
    FolderApply.cutOff(Objects.requireNonNull(out))
        .ifPresent(
            text -> {
              format.err().println("warning: " + text);
              format.err().flush();
            });
  }

  /** Asked before it is written. */
  HowToLoad howToLoad() throws IOException {
    return HowToLoad.of(Objects.requireNonNull(out));
  }

  Optional<Path> dashboards() {
    return Optional.ofNullable(dashboards);
  }

  /** A folder and all that belongs there. */
  record Part(OutputFolder folder, Map<String, byte[]> files, Facts facts) {}

  OutputFolder out() {
    return new OutputFolder(Objects.requireNonNull(out));
  }

  /** Each folder once; ends the program where one is a file. */
  List<Part> parts(Generator.Output output) {
    free();
    SortedMap<String, byte[]> files = new TreeMap<>(output.files());
    List<Part> parts = new ArrayList<>();
    if (dashboards != null) {
      files.keySet().removeIf(path -> path.startsWith(Dashboards.FOLDER));
    }
    parts.add(new Part(out(), files, output.facts()));
    if (dashboards != null) {
      parts.add(new Part(new OutputFolder(dashboards), output.dashboards(), Facts.NONE));
    }
    return parts;
  }

  /** How many files there are, and what was changed. */
  record Written(int files, OutputFolder.Changes changes) {
    static Written of(Writing writing, Facts facts) throws IOException, OutputException {
      OutputFolder.Changes changes = writing.end(facts);
      return new Written(writing.size(), changes);
    }
  }

  /** Writes each folder, each file as soon as it is made; ends the program where one is a file. */
  List<Written> write(Generator.Output output) throws IOException, OutputException {
    free();
    if (dashboards == null) {
      try (Writing rules = out().writing()) {
        output.to(rules);
        return List.of(Written.of(rules, output.facts()));
      }
    }
    try (Writing rules = out().writing();
        Writing boards = new OutputFolder(dashboards).writing()) {
      output.to(
          (path, bytes) -> {
            if (path.startsWith(Dashboards.FOLDER)) {
              boards.take(path.substring(Dashboards.FOLDER.length()), bytes);
            } else {
              rules.take(path, bytes);
            }
          });
      return List.of(Written.of(rules, output.facts()), Written.of(boards, Facts.NONE));
    }
  }

  private void free() {
    Stream.of(out, dashboards).flatMap(Stream::ofNullable).forEach(FoldersOption::free);
  }

  /** Ends the program where a folder has no name, or is a file. */
  static void free(Path folder) {
    if (folder.toString().isEmpty()) {
      throw new ExitException(
          Cli.INVALID, "--out and --dashboards need a folder, found \"\"; . is the present one");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ExitException(Cli.INVALID, folder + ": is in the way, needs a folder there");
    }
  }
}
