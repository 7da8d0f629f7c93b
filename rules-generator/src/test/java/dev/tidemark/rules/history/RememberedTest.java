package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same question is asked once, and answered the same each time. */
class RememberedTest {
  private final List<String> asked = new ArrayList<>();
  private final Remembered remembered =
      new Remembered(
          (expr, start, end, step, sink) -> {
            asked.add(expr);
            for (String pod : List.of("a", "b")) {
              sink.begin(Map.of("pod", pod));
              for (int i = 0; i < (expr.equals("large") ? 3_000_000 : 40); i++) {
                sink.sample(i * 1000L, i / 2.0);
              }
              sink.end();
            }
            return List.of("a warning");
          });

  private final List<String> told = new ArrayList<>();

  private List<String> ask(String expr, long from) throws PrometheusException {
    told.clear();
    return remembered.range(
        expr,
        Instant.ofEpochSecond(from),
        Instant.ofEpochSecond(100),
        Duration.ofSeconds(1),
        new SeriesSink() {
          @Override
          public void begin(Map<String, String> labels) {
            told.add(labels.toString());
          }

          @Override
          public void sample(long timestampMillis, double value) {
            if (timestampMillis == 39_000) {
              told.add(timestampMillis + " " + value);
            }
          }

          @Override
          public void end() {
            told.add("end");
          }
        });
  }

  @Test
  void the_same_question_is_asked_once() throws Exception {
    String[] all = {"{pod=a}", "39000 19.5", "end", "{pod=b}", "39000 19.5", "end"};
    assertThat(ask("x", 0)).containsExactly("a warning");
    assertThat(told).containsExactly(all);
    assertThat(ask("x", 0)).containsExactly("a warning");
    assertThat(told).containsExactly(all);
    assertThat(asked).containsExactly("x");
    ask("x", 1);
    ask("y", 0);
    assertThat(asked).containsExactly("x", "x", "y");
  }

  @Test
  void what_is_too_large_to_keep_is_asked_again_and_drives_nothing_out() throws Exception {
    ask("x", 0);
    ask("large", 0);
    ask("large", 0);
    ask("x", 0);
    assertThat(asked).containsExactly("x", "large", "large");
  }
}
