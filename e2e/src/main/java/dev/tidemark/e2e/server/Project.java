package dev.tidemark.e2e.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checkout: where the programs' jars, the demo's files and the runs' folders are. */
public record Project(Path root) {

  /**
   * From {@code TIDEMARK_HOME}, else the nearest parent of the working folder with our launcher.
   */
  public static Project find() {
    Optional<Path> home = Optional.ofNullable(System.getenv("TIDEMARK_HOME")).map(Path::of);
    if (home.isPresent()) {
      return new Project(home.get().toAbsolutePath());
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("tidemark"))) {
        return new Project(folder);
      }
    }
    return new Project(here);
  }

  /** The jar of a program: {@code exporter}, {@code webhook}, {@code rules} or {@code diagnose}. */
  public Path jar(String program) {
    String module =
        switch (program) {
          case "rules" -> "rules-generator";
          case "diagnose" -> "diagnosis";
          default -> program;
        };
    return root.resolve(module).resolve("target/tidemark-" + module + ".jar");
  }

  /** The command that runs a program on the JVM we run on. */
  public List<String> java(String program, String... options) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", jar(program).toString()));
    return command;
  }

  public Path e2e(String file) {
    return root.resolve("e2e").resolve(file);
  }

  /** Where runs leave their files; not under version control. */
  public Path runs() {
    return root.resolve(".run");
  }
}
