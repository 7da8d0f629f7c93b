package dev.tidemark.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How a state is written: its first two bytes.
 *
 * <p>What a release adds, it writes at the very end, raises the edition and gives a default to
 * states of an earlier one: then it opens what the release before wrote, and the release before
 * opens what it writes, passing over the rest. Only where the old state is of no use rises the
 * version, and the history is learnt again.
 *
 * @param of what is written, for errors
 * @param version 0 to 255
 * @param edition 0 to 255, from 0 in each version
 */
record Layout(String of, int version, int edition) {
  void write(DataOutput out) throws IOException {
    out.writeByte(version);
    out.writeByte(edition);
  }

  /**
   * Returns the edition that follows, which may be later than the one known here: fields of an
   * edition that is not reached take their defaults.
   *
   * @throws IOException where the version is another
   */
  int read(DataInput in) throws IOException {
    int written = in.readUnsignedByte();
    if (written != version) {
      throw new IOException(of + " of version " + written + ", known is " + version);
    }
    return in.readUnsignedByte();
  }
}
