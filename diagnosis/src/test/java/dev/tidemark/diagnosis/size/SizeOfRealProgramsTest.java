package dev.tidemark.diagnosis.size;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.golang.Go;
import dev.tidemark.diagnosis.gomemory.GoMemory;
import dev.tidemark.diagnosis.gomemory.GoMemoryReader;
import dev.tidemark.diagnosis.input.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Programs of each Go that is here hold as many goroutines as was said, below the limit. */
class SizeOfRealProgramsTest {
  private static final long LIMIT = 128L << 20;

  @TestFactory
  List<DynamicTest> each_go(@TempDir Path folder) {
    return Go.all().stream()
        .map(
            go -> DynamicTest.dynamicTest(go.version(), () -> what_is_said_to_fit_fits(go, folder)))
        .toList();
  }

  private static void what_is_said_to_fit_fits(Go go, Path folder) throws Exception {
    Path program = go.build("gcload", folder);
    List<GoMemory> samples = List.of(sample(program, 500, folder), sample(program, 3000, folder));
    SizeReport report = Sizing.size("gcload", samples, new SizeOptions(LIMIT, null));
    assertThat(requireNonNull(report.perGoroutine()).measured())
        .isEqualTo(SizeReport.Measured.SLOPE);
    assertThat(requireNonNull(report.perGoroutine()).stack()).isBetween(1024.0, 16_384.0);
    SizeReport.Fit fit = report.goroutinesThatFit().get(0);
    Go.Output output =
        run(
            program,
            fit.goroutines(),
            Map.of(
                "GOGC",
                Integer.toString(fit.gogc()),
                "GOMEMLIMIT",
                (Objects.requireNonNull(report.gomemlimit()) >> 20) + "MiB"));
    Matcher peak = Pattern.compile("VmHWM: (\\d+)").matcher(output.out());
    assertThat(peak.find()).as(output.out()).isTrue();
    // below the limit, and not because next to nothing was said to fit
    assertThat(Long.parseLong(peak.group(1)) << 10).isBetween(LIMIT / 2, LIMIT);
  }

  private static GoMemory sample(Path program, long goroutines, Path folder) throws Exception {
    Path file = folder.resolve("metrics-" + goroutines);
    Go.Output unused = run(program, goroutines, Map.of("GOGC", "100"), "-metrics", file.toString());
    assertThat(unused.code()).isZero();
    try (InputStream in = Files.newInputStream(file)) {
      return GoMemoryReader.read(Input.open(in, 1 << 20));
    }
  }

  private static Go.Output run(
      Path program, long goroutines, Map<String, String> environment, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(program.toString(), "-goroutines", Long.toString(goroutines)));
    command.addAll(List.of("-rate", "50", "-for", "1s"));
    command.addAll(List.of(more));
    return Go.run(command, environment, 120);
  }
}
