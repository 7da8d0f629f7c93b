package dev.tidemark.diagnosis.hprof;

import java.io.IOException;
import java.io.InputStream;

/** A dump that can be read several times. */
public interface HprofSource {
  /** From the start, unpacked; the caller closes it. */
  InputStream open() throws IOException;
}
