package dev.tidemark.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares text with a file; {@code -Dgolden.write=true} writes the file instead. */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/webhook/golden");

  private Golden() {}

  static void check(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(text)
        .as("%s; after a look at the difference: mvn test -Dgolden.write=true", file)
        .isEqualTo(Files.readString(file));
  }
}
