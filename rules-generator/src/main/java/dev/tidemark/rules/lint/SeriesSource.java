package dev.tidemark.rules.lint;

import java.io.IOException;

/** A server that knows which series there are. */
@FunctionalInterface
public interface SeriesSource {
  /**
   * How many series a selector finds that had a sample in the last hour.
   *
   * @param selector PromQL, without offset
   * @throws IOException where the server does not answer
   */
  long count(String selector) throws IOException;
}
