package dev.tidemark.rules;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what {@code --spec} names: a file, a folder's files in the order of their names, stdin. */
final class SpecFiles {
  /** The name of what comes from stdin. */
  static final String STDIN = "<stdin>";

  private static final int LARGEST = 3 << 20;
  private static final int DEEPEST = 20;

  private SpecFiles() {}

  static List<SpecText> read(String spec, InputStream stdin) throws IOException {
    if (spec.equals("-")) {
      return List.of(text(STDIN, stdin));
    }
    if (spec.isEmpty()) {
      throw new ExitException(
          Cli.INVALID, "--spec needs a file or a folder, found \"\"; . is the present one");
    }
    Path path = Path.of(spec);
    if (!Files.isDirectory(path)) {
      return List.of(text(path));
    }
    List<SpecText> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(SpecFiles::isYaml).sorted().toList()) {
        texts.add(text(file));
      }
    }
    if (texts.isEmpty()) {
      throw new ExitException(Cli.INVALID, path + ": holds no file ending in .yaml or .yml");
    }
    return texts;
  }

  /** As {@link #read}, but of a folder with all folders below it. */
  static List<SpecText> readBelow(String name, InputStream stdin) throws IOException {
    if (name.equals("-") || !Files.isDirectory(Path.of(name))) {
      return read(name, stdin);
    }
    List<SpecText> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(name), DEEPEST)) {
      for (Path file : files.filter(SpecFiles::isYaml).sorted().toList()) {
        texts.add(text(file));
      }
    }
    return texts;
  }

  private static boolean isYaml(Path file) {
    String name = file.toString();
    return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private static SpecText text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return text(file.toString(), in);
    }
  }

  private static SpecText text(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new ExitException(Cli.INVALID, name + ": is larger than 3 MiB");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new SpecText(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new ExitException(Cli.INVALID, name + ": is no text in UTF-8");
    }
  }
}
