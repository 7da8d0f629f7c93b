package dev.tidemark.toolkit.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileYamlTest {
  record Free(Map<String, JsonNode> all) {}

  record Named(String name) {}

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.yml"), bytes);
  }

  /** The problems of a file, found within the second a user waits (generous for a busy machine). */
  private static List<String> problems(Path file) {
    return assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          ProblemsException e =
              catchThrowableOfType(
                  ProblemsException.class, () -> StrictYaml.read(file, Named.class));
          assertThat(e).isNotNull();
          return e.problems().stream()
              .map(problem -> problem.toString().replace(file.getParent() + "/", ""))
              .toList();
        });
  }

  private List<String> problems(String text) throws IOException {
    return problems(file(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refuses_a_bomb_of_aliases_without_expanding_it() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    List<String> problems = problems(bomb.toString());
    assertThat(problems).contains("a.yml:2:10: found the alias *a0, needs the value written out");
    assertThat(problems).hasSizeLessThanOrEqualTo(101);
  }

  @Test
  void counts_the_problems_it_does_not_show() throws Exception {
    String text = "name: x\n" + "x: *a\n".repeat(150);
    assertThat(problems(text))
        .hasSize(101)
        .first()
        .isEqualTo("a.yml: 300 problems, of which these are 100");
  }

  @Test
  void refuses_deep_nesting_in_every_style() throws Exception {
    for (String open : List.of("[", "{a: ", "? ", "- ")) {
      String text = open.repeat(30_000);
      assertThat(problems(text))
          .as("nesting of <%s>", open)
          .hasSize(1)
          .first()
          .asString()
          .contains("nested deeper than 50 levels");
    }
  }

  @Test
  void refuses_a_text_of_a_megabyte_without_printing_it() throws Exception {
    assertThat(problems("name: " + "x".repeat(1 << 20) + "\n"))
        .containsExactly("a.yml:1:1: found a line of 1048582 characters, needs at most 131072");
    assertThat(problems("name: |\n" + ("  " + "x".repeat(1022) + "\n").repeat(1024)))
        .containsExactly("a.yml:1:7: found a text of 1047552 characters, needs at most 262144");
    assertThat(problems("# " + "x".repeat(2 << 20))).hasSize(1);
  }

  @Test
  void shortens_a_long_unknown_key() throws Exception {
    List<String> problems = problems("name: x\n? " + "k".repeat(1000) + "\n: y\n");
    assertThat(problems).hasSize(1).first().asString().hasSizeLessThan(200);
  }

  @Test
  void refuses_more_than_three_megabytes() throws Exception {
    assertThat(problems("#\n".repeat((3 << 19) + 1)))
        .containsExactly("a.yml: is larger than 3 MiB");
  }

  @Test
  void refuses_millions_of_values() throws Exception {
    assertThat(problems("- a\n".repeat(600_000))).last().asString().contains("more than 250000");
  }

  @Test
  void names_the_place_of_bytes_that_are_no_text() throws Exception {
    byte[] bytes = "name: x\nother: \u00e4?".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 1] = (byte) 0xff;
    assertThat(problems(file(bytes)))
        .containsExactly("a.yml:2:9: found the byte 0xff, needs text in UTF-8");
    byte[] random = new byte[4096];
    new Random(7).nextBytes(random);
    assertThat(problems(file(random))).hasSize(1);
  }

  @Test
  void accepts_a_byte_order_mark_and_windows_line_ends() throws Exception {
    Path file = file("\uFEFFname: x\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(StrictYaml.read(file, Named.class)).isEqualTo(new Named("x"));
  }

  @Test
  void names_a_file_that_is_missing_or_a_folder_or_not_readable() throws Exception {
    assertThat(problems(folder.resolve("b.yml"))).containsExactly("b.yml: no such file");
    Path sub = Files.createDirectory(folder.resolve("sub"));
    assertThat(problems(sub)).containsExactly("sub: is a folder, needs a YAML file");
    Path file = file("name: x".getBytes(StandardCharsets.UTF_8));
    assertThat(file.toFile().setReadable(false)).isTrue();
    if (Files.isReadable(file)) {
      System.err.println(
          "SKIPPED: a file that may not be read is not tried, root reads everything");
    }
    assumeFalse(Files.isReadable(file), "root reads everything");
    assertThat(problems(file)).containsExactly("a.yml: cannot be read: permission denied");
  }

  @Test
  void never_fails_with_anything_but_problems() {
    String alphabet = "ab:- \n\t[]{},&*!|>'\"%@`#?~0\u00e4\u0085\uFEFF";
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("all: {a: b}\n");
      for (int i = random.nextInt(60); i > 0; i--) {
        int at = random.nextInt(text.length() + 1);
        text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        StrictYaml.read("a.yml", text.toString(), Free.class);
      } catch (ProblemsException e) {
        assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }

  @Test
  void names_an_escape_that_is_no_character() throws Exception {
    for (String escape : List.of("\\x", "\\u00", "\\uD8zz", "\\UFFFFFFFF", "\\x-1", "\\x+f")) {
      for (String end : List.of("", "\"", "\"\n")) {
        assertThat(problems("name: \"" + escape + end))
            .as("<%s%s>", escape, end)
            .hasSize(1)
            .first()
            .asString()
            .startsWith("a.yml:1:");
      }
    }
  }

  @Test
  void refuses_what_only_some_take_for_a_line_end() throws Exception {
    assertThat(problems("name: a\u2028b\n"))
        .containsExactly(
            "a.yml:1:8: found U+2028, a line end to some, needs \\u2028 in double quotes");
    assertThat(problems("name: a\u0085b\n")).hasSize(1);
    Path file = file("name: \"a\\u2028b\"\n".getBytes(StandardCharsets.UTF_8));
    assertThat(StrictYaml.read(file, Named.class)).isEqualTo(new Named("a\u2028b"));
  }

  @Test
  void a_type_without_yaml_form_is_our_mistake() {
    record Odd(Thread thread) {}
    assertThatThrownBy(() -> StrictYaml.read("a.yml", "thread: {a: b}", Odd.class))
        .isInstanceOf(IllegalStateException.class);
  }
}
