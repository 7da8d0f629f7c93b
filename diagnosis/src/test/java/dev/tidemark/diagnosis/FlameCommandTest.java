package dev.tidemark.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.launch.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class FlameCommandTest {
  @TempDir Path folder;

  private String profile(String name, long bytes) throws Exception {
    byte[] profile =
        ProfileBytes.heap()
            .sample(List.of("main.put /a.go:1", "main.main /a.go:2"), 0, 0, 1, bytes)
            .toBytes();
    return Files.write(folder.resolve(name), profile).toString();
  }

  private static String run(String... args) {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      assertThat(Cli.run(new Main(), args)).isZero();
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writes_folded_stacks_a_tree_or_a_page() throws Exception {
    String base = profile("a", 10);
    String target = profile("b", 42);
    assertThat(run("flame", target)).isEqualTo("main.main;main.put 42\n");
    assertThat(run("flame", target, "--base", base)).isEqualTo("main.main;main.put 10 42\n");
    String json = run("flame", "--format=json", "--base", base, target);
    assertThat(Schemas.problems("flame", json)).isEmpty();
    assertThat(json).contains("\"name\":\"main.put\",\"value\":42,\"base\":10");
    assertThat(run("flame", "--format=html", target))
        .startsWith("<!DOCTYPE html>")
        .contains("<svg");
    assertThat(run("heap-diff", "--format=html", "--base", base, "--target", target))
        .contains("<svg");
  }
}
