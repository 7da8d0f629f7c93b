package dev.tidemark.webhook.step.diagnose;

import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.step.StepContext;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Says what a goroutine dump tells. */
public interface DumpReader {

  /**
   * What is worst in a dump.
   *
   * @param line 0 when not known
   * @param text one sentence, function and line included
   * @param report everything, as JSON
   */
  record Told(
      String verdict,
      @Nullable String function,
      @Nullable String file,
      int line,
      String reason,
      String text,
      String report) {

    /** As the journal keeps it. */
    Finding finding(StepContext context, String evidence) {
      return new Finding(
          context.episode().id(),
          context.stepId(),
          context.now(),
          evidence,
          verdict,
          function,
          file,
          line,
          reason,
          text,
          report);
    }
  }

  /** IOException when it is no dump; its message is for people. */
  Told read(String name, InputStream in) throws IOException;
}
