package dev.tidemark.e2e.corpus.goroutines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.real.NeedsTools;
import dev.tidemark.e2e.server.Tools;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on programs that others would write. */
@NeedsTools
class TrialTest {
  @TempDir Path folder;

  /**
   * Of the fifth a part looks as what is healthy does, docs/diagnosis.md says what. What is called
   * a leak is as of now, less what a busy machine takes away: it fell by half or more, and all was
   * named as before.
   */
  @ParameterizedTest
  @CsvSource({
    "first, 0.95, 0.35",
    "second, 0.95, 0.15",
    "third, 0.95, 0.10",
    "fourth, 0.95, 0.10",
    "fifth, 0.75, 0.24"
  })
  void names_what_leaks_and_leaves_alone_what_does_not(
      String drawn, double named, double proved, Tools tools) throws Exception {
    Programs programs = new Programs(Path.of("programs", drawn).toAbsolutePath());
    Trial trial = new Trial(programs, tools.go().toString(), null, folder);
    trial.record();
    for (String form : Programs.FORMS) {
      Score score = trial.score(form);
      System.err.println(drawn + " " + form + ": " + score);
      assertThat(score.recall()).as("%s %s", form, score.wrong()).isGreaterThanOrEqualTo(named);
      assertThat(score.proved()).as("%s %s", form, score).isGreaterThanOrEqualTo(proved);
      assertThat(score.falseShare()).as("%s %s", form, score.wrong()).isLessThanOrEqualTo(0.02);
    }
  }
}
