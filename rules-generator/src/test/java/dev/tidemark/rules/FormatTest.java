package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb that lays expressions out anew, in files, folders and what comes from stdin. */
class FormatTest {
  @TempDir Path directory;

  @Test
  void formats_files_and_says_what_differs() throws Exception {
    Path file = directory.resolve("r.yml");
    Files.writeString(file, "groups:\n- name: g\n  rules:\n  - {record: a, expr: a+b} # c\n");
    Captured differs = Captured.run("format", "--check", file.toString());
    assertThat(differs.code()).isEqualTo(1);
    assertThat(differs.out()).isEqualTo("differs  " + file + ":4:23\n");
    assertThat(code(directory.toString())).isZero();
    assertThat(Files.readString(file)).endsWith("  - {record: a, expr: a + b} # c\n");
    assertThat(code("--check", file.toString())).isZero();
    Files.writeString(file, "groups:\n- name: g\n  rules:\n  - {record: a, expr: a+}\n");
    Captured broken = Captured.run("format", "--format=json", file.toString());
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).contains("\"kind\":\"broken\",\"line\":4,\"column\":25");
    assertThat(directory.toFile().list()).containsExactly("r.yml");
    assertThat(code()).isEqualTo(2);
    assertThat(code(directory.resolve("none").toString())).isEqualTo(2);
    assertThat(code("--width=3", file.toString())).isEqualTo(2);
  }

  @Test
  void formats_all_below_a_folder_and_leaves_other_files_alone() throws Exception {
    String rule = "groups:\n- name: g\n  rules:\n  - {record: a, expr: a+b}\n";
    Path near = directory.resolve("r.yml");
    Path deep = Files.createDirectories(directory.resolve("teams/pay/more")).resolve("r.yaml");
    Path other = directory.resolve("teams/notes.txt");
    Path ours = directory.resolve("teams/values.yaml");
    for (Path file : new Path[] {near, deep, other}) {
      Files.writeString(file, rule);
    }
    Files.writeString(ours, "replicas: 3\nexpr: [a+b]\n");
    Captured differs = Captured.run("format", "--check", directory.toString());
    assertThat(differs.code()).isEqualTo(1);
    assertThat(differs.out())
        .contains("differs  " + near + ":4:23\n", "differs  " + deep + ":4:23\n")
        .doesNotContain("notes.txt", "values.yaml");
    assertThat(Files.readString(deep)).isEqualTo(rule);
    assertThat(code(directory.toString())).isZero();
    assertThat(Files.readString(near)).isEqualTo(Files.readString(deep)).contains("expr: a + b");
    assertThat(Files.readString(other)).isEqualTo(rule);
    assertThat(Files.readString(ours)).isEqualTo("replicas: 3\nexpr: [a+b]\n");
    assertThat(code("--check", directory.toString())).isZero();
  }

  @Test
  void formats_what_comes_from_stdin() {
    Captured expression = piped("sum(a)by(b)", "format", "--expr");
    assertThat(expression.code()).isZero();
    assertThat(expression.out()).isEqualTo("sum by (b) (a)\n");
    Captured open = piped("sum(a", "format", "--expr", "--check");
    assertThat(open.code()).isEqualTo(1);
    assertThat(open.err()).contains("<stdin>:1:6: expected \",\" or \")\", found the end");
    Captured spec = piped("services:\n- requests: a+b\n", "format", "-");
    assertThat(spec.code()).isZero();
    assertThat(spec.out()).isEqualTo("services:\n- requests: a + b\n");
  }

  private static int code(String... flags) {
    String[] all = new String[flags.length + 1];
    all[0] = "format";
    System.arraycopy(flags, 0, all, 1, flags.length);
    return Captured.run(all).code();
  }

  private static Captured piped(String text, String... arguments) {
    InputStream stdin = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return Captured.run(arguments);
    } finally {
      System.setIn(stdin);
    }
  }
}
