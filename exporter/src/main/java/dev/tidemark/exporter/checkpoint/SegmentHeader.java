package dev.tidemark.exporter.checkpoint;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;

/**
 * What a segment is of.
 *
 * @param release that wrote it, for people
 * @param source whose samples were learnt, for people
 * @param learns what decides what is learnt, one line each; a state goes on only under the same
 * @param slot the last that was judged, epoch milliseconds
 */
record SegmentHeader(String release, String source, String learns, long slot) {
  private static final int RELEASE = 1;
  private static final int SOURCE = 2;
  private static final int LEARNS = 3;
  private static final int SLOT = 4;

  void write(BlockOutput out) {
    text(out, RELEASE, release);
    text(out, SOURCE, source);
    text(out, LEARNS, learns);
    int slotAt = out.beginSection(SLOT);
    out.writeLong(slot);
    out.endSection(slotAt);
  }

  private static void text(BlockOutput out, int type, String text) {
    int begin = out.beginSection(type);
    out.writeUTF(text);
    out.endSection(begin);
  }

  static SegmentHeader read(BlockInput in) throws IOException {
    String release = "";
    String source = "";
    String learns = "";
    long slot = 0;
    while (in.hasMore()) {
      BlockInput.Section section = in.nextSection();
      switch (section.type()) {
        case RELEASE -> release = section.body().readUTF();
        case SOURCE -> source = section.body().readUTF();
        case LEARNS -> learns = section.body().readUTF();
        case SLOT -> slot = section.body().readLong();
        default -> {} // of a later release
      }
    }
    return new SegmentHeader(release, source, learns, slot);
  }

  /** Where it learns otherwise than asked for, for people; empty where it does not. */
  String difference(String wanted) {
    Iterator<String> theirs = Arrays.asList(learns.split("\n", -1)).iterator();
    Iterator<String> ours = Arrays.asList(wanted.split("\n", -1)).iterator();
    while (theirs.hasNext() || ours.hasNext()) {
      String their = theirs.hasNext() ? theirs.next() : "nothing";
      String our = ours.hasNext() ? ours.next() : "nothing";
      if (!their.equals(our)) {
        return "it learnt " + their + ", asked for is " + our;
      }
    }
    return "";
  }
}
