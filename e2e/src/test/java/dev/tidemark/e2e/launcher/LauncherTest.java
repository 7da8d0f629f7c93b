package dev.tidemark.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.real.NeedsPrograms;
import dev.tidemark.e2e.server.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts as people start them: from anywhere, and where something is missing. */
class LauncherTest {
  private static final Path ROOT = Project.find().root();

  @TempDir Path folder = Path.of("");

  private record Ran(int code, String out) {}

  @Test
  void tells_its_version_and_commands_without_a_jvm() throws Exception {
    assertThat(run(Map.of(), launcher(), "--version").out())
        .matches("tidemark \\d+\\.\\d+\\.\\d+\n");
    Ran help = run(Map.of(), launcher(), "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("demo", "exporter", "rules", "webhook", "diagnose", "test");
  }

  @Test
  void refuses_what_it_does_not_know() throws Exception {
    Ran unknown = run(Map.of(), launcher(), "exporterr");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.out()).contains("unknown command 'exporterr'");
    assertThat(run(Map.of(), launcher()).code()).isEqualTo(2);
    assertThat(run(Map.of(), launcher(), "build", "--clean").code()).isEqualTo(2);
  }

  @Test
  void explains_build_without_building() throws Exception {
    Ran help = run(Map.of(), launcher(), "build", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Usage: tidemark build");
  }

  @Test
  @NeedsPrograms
  void replays_a_recording_and_ends_quietly_where_its_reader_does() throws Exception {
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < 50_000; i++) {
      csv.append(1_700_000_000L + i * 30L).append(",500\n");
    }
    Path file = Files.writeString(folder.resolve("level.csv"), csv);
    String replay = release() + " exporter replay --csv " + file;
    Ran all =
        run(Map.of(), "bash", "-c", "set -o pipefail; " + replay + " 2>/dev/null | tail -n 1");
    assertThat(all.code()).isZero();
    assertThat(all.out()).startsWith("1701499970,500,").contains("inside its band");
    Ran head = run(Map.of(), "bash", "-c", "set -o pipefail; " + replay + " | head -n 2");
    assertThat(head.code()).isZero();
    assertThat(head.out()).contains("expected,upper,lower,score").doesNotContain("rror");
  }

  @Test
  void works_through_a_symbolic_link_from_another_folder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("tm"), ROOT.resolve("tidemark"));
    assertThat(run(Map.of(), link.toString(), "--version").out()).startsWith("tidemark ");
    Files.delete(link);
  }

  @Test
  void off_debian_it_prints_what_to_install_and_stops_with_3() throws Exception {
    // a PATH without apt-get, prometheus or go; only what the script itself needs
    Path bin = Files.createDirectory(folder.resolve("bin"));
    onlyWhatTheScriptNeeds(bin);
    Ran ran =
        run(
            Map.of(
                "PATH", bin.toString(), "TIDEMARK_TOOLS_DIR", folder.resolve("tools").toString()),
            ROOT.resolve("e2e/tools.sh").toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains(
            "Missing: prometheus alertmanager go",
            "Prometheus 2.42",
            "Alertmanager 0.25",
            "Go 1.19");
  }

  @Test
  void a_program_of_that_name_that_is_another_one_or_too_old_is_not_taken() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    script(bin.resolve("prometheus"), "echo 'prometheus, version 2.31.2 (branch: debian/sid)'");
    script(bin.resolve("alertmanager"), "echo 'mail alert manager 1.0'");
    onlyWhatTheScriptNeeds(bin);
    Ran ran =
        run(
            Map.of(
                "PATH", bin.toString(), "TIDEMARK_TOOLS_DIR", folder.resolve("tools").toString()),
            ROOT.resolve("e2e/tools.sh").toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains("is 2.31; prometheus 2.42 or newer is needed", "is not alertmanager");
  }

  private static void onlyWhatTheScriptNeeds(Path bin) throws IOException {
    for (String tool :
        List.of("bash", "env", "readlink", "dirname", "mkdir", "cat", "id", "sort", "head", "sh")) {
      script(bin.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"");
    }
  }

  private static String launcher() {
    return ROOT.resolve("tidemark").toString();
  }

  /** A launcher beside jars and without sources, which would be built. */
  private Path release() throws IOException {
    Path release = Files.createDirectory(folder.resolve("release"));
    Files.createSymbolicLink(release.resolve("exporter"), ROOT.resolve("exporter"));
    return Files.copy(
        ROOT.resolve("tidemark"), release.resolve("tidemark"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ran run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().remove("TIDEMARK_TOOLS_BIN");
    builder.environment().remove("TIDEMARK_GOPATH");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(out).isTrue();
    return new Ran(process.exitValue(), out);
  }
}
