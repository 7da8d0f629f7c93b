package dev.tidemark.e2e.demo;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One folder a run, named by its time; the newest few stay, so that evidence can be read later. */
record RunFolder(Path path) {
  private static final int KEPT = 3;
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  static RunFolder create(Path parent) throws IOException {
    Files.createDirectories(parent);
    prune(parent);
    String time = LocalDateTime.now(ZoneOffset.UTC).format(NAME);
    for (int attempt = 0; ; attempt++) {
      try {
        String name = attempt == 0 ? time : time + "-" + attempt;
        return new RunFolder(Files.createDirectory(parent.resolve(name)));
      } catch (FileAlreadyExistsException e) {
        if (attempt > 100) {
          throw e;
        }
      }
    }
  }

  Path in(String name) {
    return path.resolve(name);
  }

  private static void prune(Path parent) throws IOException {
    List<Path> runs;
    try (Stream<Path> children = Files.list(parent)) {
      runs = children.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path old : runs.subList(Math.min(KEPT, runs.size()), runs.size())) {
      delete(old);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
