package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file named on the command line; {@code -} is standard input. */
final class EvidenceFile {
  /** Makes something of a stream. */
  interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  private EvidenceFile() {}

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
