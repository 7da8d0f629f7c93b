package dev.tidemark.rules.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
  @TempDir Path directory;

  @Test
  void writes_files_and_says_what_changed() throws Exception {
    OutputFolder.Changes first =
        folder().write(files("rules/a.yml", "1", "rules/b.yml", "2"), Facts.NONE);
    assertThat(first.written()).containsExactly("rules/a.yml", "rules/b.yml", "lock.json");
    assertThat(folder().write(files("rules/a.yml", "1", "rules/b.yml", "2"), Facts.NONE).isEmpty())
        .isTrue();
    OutputFolder.Changes second =
        folder().write(files("rules/a.yml", "x", "rules/b.yml", "2"), Facts.NONE);
    assertThat(second.written()).containsExactly("rules/a.yml", "lock.json");
    assertThat(content("rules/a.yml")).isEqualTo("x");
  }

  @Test
  void a_folder_above_one_that_is_not_there_is_made_as_it_reads() throws Exception {
    OutputFolder above = new OutputFolder(directory.resolve("none/../boards"));
    above.write(files("a.json", "1"), Facts.NONE);
    assertThat(directory.resolve("boards/a.json")).hasContent("1");
    assertThat(directory.resolve("none")).doesNotExist();
    Files.createDirectories(directory.resolve("none"));
    assertThat(above.plan(files("a.json", "1"), Facts.NONE).isEmpty()).isTrue();
  }

  @Test
  void above_a_link_is_what_the_system_says() throws Exception {
    Files.createDirectories(directory.resolve("releases/1"));
    Files.createSymbolicLink(directory.resolve("now"), Path.of("releases/1"));
    new OutputFolder(directory.resolve("now/../new")).write(files("a.yml", "1"), Facts.NONE);
    assertThat(directory.resolve("releases/new/a.yml")).hasContent("1");
    assertThat(OutputFolder.place(Path.of("none/deep/../../.."))).isEqualTo(Path.of(".."));
    assertThat(OutputFolder.place(Path.of("none/.."))).isEqualTo(Path.of("."));
    assertThat(OutputFolder.place(Path.of("/none/../out"))).isEqualTo(Path.of("/out"));
  }

  @Test
  void planning_touches_nothing() throws Exception {
    assertThat(folder().plan(files("a.yml", "1"), Facts.NONE).written()).contains("a.yml");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void removes_what_it_wrote_before_and_folders_that_are_empty_then() throws Exception {
    folder().write(files("rules/old/a.yml", "1", "rules/new/b.yml", "2"), Facts.NONE);
    assertThat(folder().write(files("rules/new/b.yml", "2"), Facts.NONE).removed())
        .containsExactly("rules/old/a.yml");
    assertThat(directory.resolve("out/rules/old")).doesNotExist();
    assertThat(all()).containsExactly("lock.json", "rules/new/b.yml");
  }

  @Test
  void never_touches_others_files() throws Exception {
    folder().write(files("rules/a.yml", "1"), Facts.NONE);
    put("rules/mine.yml", "mine");
    folder().write(files("rules/b.yml", "2"), Facts.NONE);
    assertThat(content("rules/mine.yml")).isEqualTo("mine");
    assertThatThrownBy(() -> folder().write(files("rules/mine.yml", "2"), Facts.NONE))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("rules/mine.yml: not written by this program");
    assertThat(content("rules/mine.yml")).isEqualTo("mine");
    assertThat(content("rules/b.yml")).isEqualTo("2");
  }

  @Test
  void a_file_that_somebody_edited_is_kept_when_it_is_not_wanted_any_more() throws Exception {
    folder().write(files("a.yml", "1", "b.yml", "2"), Facts.NONE);
    put("a.yml", "edited");
    OutputFolder.Changes changes = folder().write(files("b.yml", "2"), Facts.NONE);
    assertThat(changes.kept()).containsExactly("a.yml");
    assertThat(content("a.yml")).isEqualTo("edited");
  }

  @Test
  void a_run_that_was_cut_off_is_finished_by_the_next() throws Exception {
    folder().write(files("a.yml", "1"), Facts.NONE);
    // as after a crash: the lock names old and new, one file is written, a draft is left
    put("lock.json", new String(lock("a.yml", "1", "b.yml", "2"), StandardCharsets.UTF_8));
    put("b.yml", "2");
    assertThat(folder().write(files("b.yml", "2"), Facts.NONE).removed()).containsExactly("a.yml");
    assertThat(all()).containsExactly("b.yml", "lock.json");
  }

  @Test
  void a_runbook_that_somebody_edited_is_never_replaced() throws Exception {
    folder().write(files("runbooks/GoX.md", "1", "runbooks/GoY.md", "1"), Facts.NONE);
    put("runbooks/GoX.md", "edited");
    OutputFolder.Changes changes =
        folder().write(files("runbooks/GoX.md", "2", "runbooks/GoY.md", "2"), Facts.NONE);
    assertThat(changes.written()).containsExactly("runbooks/GoY.md", "lock.json");
    assertThat(content("runbooks/GoX.md")).isEqualTo("edited");
    assertThat(folder().plan(files("runbooks/GoX.md", "2", "runbooks/GoY.md", "2"), Facts.NONE))
        .matches(OutputFolder.Changes::isEmpty);
    assertThat(folder().write(files("a.yml", "1"), Facts.NONE).kept())
        .containsExactly("runbooks/GoX.md");
    put("runbooks/Mine.md", "mine");
    folder().write(files("runbooks/Mine.md", "2"), Facts.NONE);
    assertThat(content("runbooks/Mine.md")).isEqualTo("mine");
  }

  @Test
  void what_a_killed_run_left_is_cleared_by_the_next() throws Exception {
    long running = ProcessHandle.current().parent().orElseThrow().pid();
    put(".tidemark-999999999-123/draft", "half");
    put(".tidemark-456/draft", "of an older release");
    put(".tidemark-" + running + "-7/draft", "in use");
    put(".tidemark-notes", "mine");
    folder().write(files("a.yml", "1"), Facts.NONE);
    assertThat(all())
        .containsExactly(
            ".tidemark-" + running + "-7/draft", ".tidemark-notes", "a.yml", "lock.json");
  }

  @Test
  void facts_stand_in_the_lock_one_a_line_and_are_read_past() throws Exception {
    Facts facts =
        new Facts(
            new TreeMap<>(
                Map.of(
                    "thresholds",
                    new TreeMap<>(
                        Map.of(
                            "pay/api",
                            new TreeMap<String, Object>(
                                Map.of("A warning", Map.of("for", List.of("1\"m", "spec")))))))));
    folder().write(files("a.yml", "1"), facts);
    assertThat(content("lock.json"))
        .contains(
            "\n  \"thresholds\": {\n    \"pay/api\": {\n      \"A warning\": {\"for\": [\"1\\\"m\", \"spec\"]}\n");
    assertThat(folder().plan(files("a.yml", "1"), facts).isEmpty()).isTrue();
    assertThat(folder().plan(files("a.yml", "1"), Facts.NONE).written())
        .containsExactly("lock.json");
  }

  @Test
  void a_link_in_the_way_is_not_followed() throws Exception {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
    Files.createDirectories(directory.resolve("out"));
    Files.createSymbolicLink(directory.resolve("out/a.yml"), elsewhere);
    assertThatThrownBy(() -> folder().write(files("a.yml", "1"), Facts.NONE))
        .isInstanceOf(OutputException.class);
    assertThat(elsewhere).hasContent("precious");
  }

  @ParameterizedTest(name = "lock {index}")
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"files\": []}",
        "{\"files\": {\"a\": 1}}",
        "{\"files\": {\"../precious\": \"sha256:x\"}}",
        "{\"files\": {\"/etc/passwd\": \"sha256:x\"}}",
        "{\"files\": {\"a/../../precious\": \"sha256:x\"}}",
        "{\"other\": {}}",
        "{\"files\": {}} more",
        "\0\0\0",
      })
  void a_lock_that_is_none_is_refused_before_anything_is_touched(String lock) throws Exception {
    Path precious = Files.writeString(directory.resolve("precious"), "precious");
    put("lock.json", lock);
    assertThatThrownBy(() -> folder().write(files("b.yml", "2"), Facts.NONE))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("lock.json");
    assertThat(precious).hasContent("precious");
    assertThat(all()).containsExactly("lock.json");
  }

  private OutputFolder folder() {
    return new OutputFolder(directory.resolve("out"));
  }

  private static SortedMap<String, byte[]> files(String... pathsAndTexts) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private static byte[] lock(String... pathsAndTexts) {
    return Lock.of(files(pathsAndTexts), Facts.NONE).bytes();
  }

  private void put(String path, String text) throws IOException {
    Path file = directory.resolve("out").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String content(String path) throws IOException {
    return Files.readString(directory.resolve("out").resolve(path));
  }

  private List<String> all() throws IOException {
    Path out = directory.resolve("out");
    try (Stream<Path> files = Files.walk(out)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
