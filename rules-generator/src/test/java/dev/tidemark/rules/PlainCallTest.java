package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that do without picocli for usual flags: as with it, and only where it would agree. */
class PlainCallTest {
  /** A flag that says what is so anyway, and that only picocli knows. */
  private static final String AS_PICOCLI = "--log.level=info";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate --spec examples/fleet.yaml --out OUT",
        "generate --out=OUT --spec=examples/fleet.yaml --check",
        "generate --out=OUT --spec=examples/fleet.yaml --format json",
        "generate --out OUT --spec examples --dashboards OUT/../boards --format=json",
        "generate --spec WRONG --out OUT --format=json",
        "generate --spec WRONG --out OUT",
        "generate --spec none.yaml --out OUT",
        "generate --spec examples/fleet.yaml --out WRONG",
        "validate --spec examples/fleet.yaml",
        "validate --spec=WRONG --format=json",
        "validate --spec=WRONG"
      })
  void without_picocli_it_is_as_with_it(String call) throws Exception {
    Path wrong = directory.resolve("wrong.yaml");
    Files.writeString(wrong, "apiVersion: tidemark/v1\nservice: []\n");
    List<Captured> runs = new ArrayList<>();
    List<SortedMap<String, String>> written = new ArrayList<>();
    for (String how : List.of("", " " + AS_PICOCLI)) {
      Path at = Files.createDirectories(directory.resolve("at"));
      Path out = at.resolve("out");
      String line = call.replace("OUT", out.toString()).replace("WRONG", wrong.toString()) + how;
      assertThat(new Main().plain(List.of(line.split(" "))).isPresent()).isEqualTo(how.isEmpty());
      runs.add(Captured.run(line.split(" ")));
      written.add(takenFrom(at));
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
    assertThat(written.get(1)).isEqualTo(written.get(0));
    assertThat(written.get(0).isEmpty())
        .isEqualTo(runs.get(0).code() != 0 || call.startsWith("validate"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "generate",
        "generate --help",
        "generate --spec a.yaml",
        "generate --out b",
        "generate --spec a.yaml --out",
        "generate --spec --out b",
        "generate --spec a.yaml --out b --spec a.yaml",
        "generate --spec a.yaml --out b --check --check",
        "generate --spec a.yaml --out b --check=false",
        "generate --spec a.yaml --out b --format xml",
        "generate --spec a.yaml --out b --format JSON",
        "generate --spec a.yaml --out b c",
        "generate --spec= --out b",
        "generate --spec @file --out b",
        "generate @file --spec a --out b",
        "generate --spec \"a\" --out b",
        "validate --spec a.yaml --out b",
        "lint --spec a.yaml",
        "--version"
      })
  void whatever_else_is_left_to_picocli(String call) {
    assertThat(new Main().plain(call.isEmpty() ? List.of() : List.of(call.split(" ")))).isEmpty();
  }

  @Test
  void what_is_no_path_is_told_as_a_wrong_flag() {
    Captured run = Captured.run("generate", "--spec", "a.yaml", "--out", "b\0c");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--out");
  }

  /** Every file below, and none is left. */
  private static SortedMap<String, String> takenFrom(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        if (Files.isRegularFile(path)) {
          files.put(folder.relativize(path).toString(), Files.readString(path));
        }
        Files.delete(path);
      }
    }
    return files;
  }
}
