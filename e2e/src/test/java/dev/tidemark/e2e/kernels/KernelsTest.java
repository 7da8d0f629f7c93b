package dev.tidemark.e2e.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.goroutine.GoroutineDump;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.Limits;
import dev.tidemark.e2e.corpus.goroutines.Score;
import dev.tidemark.e2e.corpus.goroutines.Truth;
import dev.tidemark.e2e.real.NeedsTools;
import dev.tidemark.e2e.server.Tools;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Verdicts on dumps of Go programs whose leaks are known. {@code TIDEMARK_GOROOTS} names further Go
 * releases, separated as in PATH; with {@code TIDEMARK_KERNELS_AGED=1} each program is dumped again
 * after a garbage collection and more than a minute.
 */
class KernelsTest {
  private static final List<String> FORMS =
      List.of("-goroutine-debug2.txt", "-goroutine-debug1.txt", "-goroutine.pb.gz");
  private static final Path SOURCES = Path.of("kernels").toAbsolutePath();

  @TempDir Path folder;

  @Test
  @NeedsTools
  void names_what_leaks_and_leaves_alone_what_does_not(Tools tools) throws Exception {
    judge(tools.go().toString(), Map.of(), Files.createDirectory(folder.resolve("own")));
  }

  @Test
  void does_so_for_further_releases_of_go() throws Exception {
    String roots = System.getenv("TIDEMARK_GOROOTS");
    if (roots == null || roots.isEmpty()) {
      System.err.println("\n!!! NOT RUN: kernels on newer Go: TIDEMARK_GOROOTS names none !!!\n");
      return;
    }
    for (String root : roots.split(File.pathSeparator, -1)) {
      Path its = Files.createDirectory(folder.resolve(Path.of(root).getFileName()));
      Map<String, String> environment =
          Map.of("GOROOT", root, "GOTOOLCHAIN", "local", "GOPROXY", "off", "GOPATH", its + "/gp");
      judge(root + "/bin/go", environment, its);
    }
  }

  private static void judge(String go, Map<String, String> environment, Path folder)
      throws Exception {
    boolean aged = "1".equals(System.getenv("TIDEMARK_KERNELS_AGED"));
    KernelRuns runs = KernelRuns.build(go, environment, SOURCES, folder);
    Truth truth = Truth.of(SOURCES);
    List<Kernel> kernels = runs.list();
    assertThat(kernels).hasSizeGreaterThan(185);
    List<KernelRuns.Run> all = runs.all(kernels, aged);
    for (String when : aged ? List.of("young", "aged") : List.of("young")) {
      for (String form : FORMS) {
        for (boolean held : new boolean[] {false, true}) {
          Score score = new Score();
          for (KernelRuns.Run run : all) {
            if (run.kernel().held() == held) {
              Path dump = run.dumps().resolve(when + form);
              boolean tells = run.copies() > 1 || !run.kernel().many();
              score.add(run.kernel().healthy(), truth, dump.toString(), tells, read(dump));
            }
          }
          String run = go + " " + when + form + (held ? " held out: " : " tuned on: ");
          check(run, score);
        }
      }
      for (KernelRuns.Run run : all) {
        sameNumbers(run, when);
      }
    }
  }

  private static void check(String run, Score score) {
    String what = run + score;
    System.err.println(what);
    score.wrong().stream().filter(w -> w.startsWith("falsely")).forEach(System.err::println);
    assertThat(score.recall()).as("%s%n%s", what, score.wrong()).isGreaterThanOrEqualTo(0.97);
    assertThat(score.falseShare()).as("%s%n%s", what, score.wrong()).isLessThanOrEqualTo(0.02);
  }

  /** All forms of one moment tell of nearly as many goroutines: the counts come and go a little. */
  private static void sameNumbers(KernelRuns.Run run, String when) throws IOException {
    long stacks = read(run.dumps().resolve(when + "-goroutine-debug2.txt")).goroutines();
    for (String form : FORMS.subList(1, FORMS.size())) {
      GoroutineDump other = read(run.dumps().resolve(when + form));
      assertThat(other.truncated()).as("%s %s", run, form).isFalse();
      if (!run.kernel().healthy()) {
        assertThat(other.goroutines()).as("%s %s", run, form).isBetween(stacks - 3, stacks + 3);
      }
    }
  }

  private static GoroutineDump read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return GoroutineDumps.read(in, Limits.defaults());
    }
  }
}
