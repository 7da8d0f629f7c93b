package dev.tidemark.diagnosis;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadersFuzzTest {
  private static final int CASES = 400;
  private static final long SEED = 20261122;

  @ParameterizedTest
  @EnumSource(FuzzedReader.class)
  void damaged_evidence_is_read_or_refused(FuzzedReader reader) {
    List<byte[]> examples = ReadersFuzz.examples(reader, Path.of("none"));
    for (long seed = SEED; seed < SEED + CASES; seed++) {
      ReadersFuzz.run(reader, examples, seed);
    }
  }
}
