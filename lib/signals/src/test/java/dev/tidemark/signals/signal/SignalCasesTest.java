package dev.tidemark.signals.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.signals.oracle.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table cases.yml, asked of promtool in one go: each signal, each of its ways, hostile input.
 */
class SignalCasesTest {
  private static final Path TABLE =
      Path.of("src/test/resources/dev/tidemark/signals/signal/cases.yml");

  private final Catalogue catalogue =
      Catalogue.load().perRequest("rate(r_total[5m]) # by hand", List.of("replica"));
  @TempDir Path directory;

  @Test
  void every_way_of_every_signal_has_a_case_that_takes_it() throws IOException {
    List<Case> cases = Case.table(TABLE, "signal");
    for (Signal signal : catalogue.signals()) {
      for (Way way : signal.ways()) {
        assertThat(cases)
            .as("%s by %s", signal.id(), way.of())
            .anySatisfy(
                c -> {
                  assertThat(c.of()).isEqualTo(signal.id());
                  assertThat(c.rows()).isNotEmpty();
                  assertThat(Support.of(signal, c.metrics()).way()).contains(way);
                });
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> answers() throws IOException, InterruptedException {
    return Case.answers(Case.table(TABLE, "signal"), this::expression, directory);
  }

  private String expression(String id) {
    Signal signal = catalogue.find(id.replace("limit:", "")).orElseThrow();
    return id.startsWith("limit:") ? String.valueOf(signal.limit()) : signal.expr();
  }
}
