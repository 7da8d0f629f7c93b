package dev.tidemark.rules.output;

import java.io.IOException;

/** Takes files as they are made, from several threads at a time. */
public interface FileSink {
  /**
   * @param path below the output folder, with slashes
   */
  void take(String path, byte[] bytes) throws IOException;
}
