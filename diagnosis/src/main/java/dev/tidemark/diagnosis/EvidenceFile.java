package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A file named on the command line; {@code -} is standard input. */
final class EvidenceFile {
  /** So much of standard input is kept at most, unpacked, where it is read several times. */
  private static final long MOST_KEPT = 1L << 30;

  /** Makes something of a stream. */
  interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /** Does something with a file of this name. */
  interface Use {
    void with(String file) throws IOException;
  }

  private EvidenceFile() {}

  /** Refuses standard input given more than once: what was read of it is gone. */
  static void once(List<String> files, List<String> others) {
    if (Stream.concat(files.stream(), others.stream()).filter("-"::equals).count() > 1) {
      throw new ExitException(
          Cli.INVALID, "- (standard input) is given more than once, and can be read once");
    }
  }

  static void once(List<String> files) {
    once(files, List.of());
  }

  /** Does something with a file that is read several times; standard input is copied first. */
  static void again(String file, Use use) throws IOException {
    if (!file.equals("-")) {
      use.with(file);
      return;
    }
    Path copy = Files.createTempFile("tidemark-stdin", null);
    try {
      Input in = Input.open(System.in, MOST_KEPT);
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      use.with(copy.toString());
    } finally {
      Files.delete(copy);
    }
  }

  /** Reads a file; what is wrong with it ends the command with its name in the message. */
  static <T> T read(String file, Reader<T> reader) throws IOException {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      return reader.read(in);
    } catch (BadInputException e) {
      throw new ExitException(Cli.INVALID, file + " " + e.getMessage());
    } catch (IOException e) {
      if (Files.isDirectory(Path.of(file))) {
        throw new ExitException(Cli.INVALID, file + " is a folder, needs a file");
      }
      throw e;
    }
  }
}
