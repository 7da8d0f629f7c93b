package dev.tidemark.diagnosis.gctrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.golang.Go;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Programs of each Go that is here, run with settings known to be good or bad. */
class GcTraceOfRealProgramsTest {
  private static final long LIMIT = 96L << 20;

  private record Ran(GcReport.GoProcess process, long peakResident, long collections) {
    List<String> ids() {
      return process.findings().stream().map(Finding::id).toList();
    }
  }

  @TestFactory
  List<DynamicTest> each_go(@TempDir Path folder) {
    return Go.all().stream()
        .map(
            go ->
                DynamicTest.dynamicTest(
                    go.version(),
                    () -> {
                      Path program = go.build("gcload", folder);
                      every_line_is_read(program);
                      a_memory_limit_that_is_reached_is_found(program);
                      the_advice_is_kept_by_the_program(program);
                    }))
        .toList();
  }

  private static void every_line_is_read(Path program) throws Exception {
    Ran ran =
        run(
            program,
            Map.of("GODEBUG", "gctrace=1,scavtrace=1,schedtrace=100"),
            "-forced",
            "100ms",
            "-for",
            "1500ms");
    assertThat(ran.process().cycles()).isBetween(ran.collections() - 1, ran.collections() + 1);
    assertThat(ran.process().forced()).isBetween(3L, 25L);
    assertThat(ran.process().heap().peakLive()).isBetween(18L << 20, 45L << 20);
    assertThat(ran.process().gogcSeen()).isBetween(75.0, 130.0);
  }

  private static void a_memory_limit_that_is_reached_is_found(Path program) throws Exception {
    Ran ran =
        run(program, Map.of("GOMEMLIMIT", "40MiB"), "-live", "40", "-rate", "300", "-for", "1s");
    assertThat(ran.ids()).contains("gc-thrash");
  }

  /** First as it is by default, then as the advice says: it fits, and costs what it said. */
  private static void the_advice_is_kept_by_the_program(Path program) throws Exception {
    String[] load = {"-live", "30", "-rate", "150", "-for", "2s"};
    Ran before = run(program, Map.of(), load);
    GcReport.Advice advice = Objects.requireNonNull(before.process().advice());
    assertThat(advice.fits()).isTrue();
    Ran after =
        run(
            program,
            Map.of(
                "GOGC",
                String.valueOf(advice.gogc()),
                "GOMEMLIMIT",
                (Objects.requireNonNull(advice.gomemlimit()) >> 20) + "MiB"),
            load);
    assertThat(after.peakResident()).isLessThan(LIMIT);
    assertThat(after.ids()).doesNotContain("gc-thrash", "gc-goal-above-limit");
    assertThat(after.process().heap().peak()).isLessThan((long) (1.25 * advice.cost().peakHeap()));
  }

  private static Ran run(Path program, Map<String, String> environment, String... flags)
      throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("GODEBUG", "gctrace=1", "GOMAXPROCS", "2"));
    all.putAll(environment);
    List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(flags));
    Go.Output output = Go.run(command, all, 120);
    GcReport report = GcLog.read(output.err(), new GcOptions(LIMIT, null));
    assertThat(report.damaged()).isZero();
    assertThat(report.processes()).hasSize(1);
    return new Ran(
        report.processes().get(0),
        number(output.out(), "VmHWM: (\\d+)") << 10,
        number(output.out(), "numGC (\\d+)"));
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
