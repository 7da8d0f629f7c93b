package dev.tidemark.engine.window;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** A window as one would write it first: every slot in a map, sorted anew for each question. */
final class PlainWindow {
  private final long slotMillis;
  private final int slots;
  private final TreeMap<Long, Character> codes = new TreeMap<>();
  private long head = Long.MIN_VALUE;

  PlainWindow(long slotMillis, int slots) {
    this.slotMillis = slotMillis;
    this.slots = slots;
  }

  boolean add(long timeMillis, char code) {
    long slot = Math.floorDiv(timeMillis, slotMillis);
    if (head != Long.MIN_VALUE && slot <= head) {
      return false;
    }
    head = slot;
    codes.put(slot, code);
    codes.headMap(head - slots, true).clear();
    return true;
  }

  int filled() {
    return codes.size();
  }

  double at(long timeMillis) {
    return LogCode.decode(codes.getOrDefault(Math.floorDiv(timeMillis, slotMillis), LogCode.NONE));
  }

  double quantile(double q) {
    if (codes.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = codes.values().stream().sorted().mapToDouble(LogCode::decode).toArray();
    double rank = q * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    double share = rank - below;
    double low = sorted[below];
    return share == 0 ? low : low + (sorted[below + 1] - low) * share;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(head);
    if (head == Long.MIN_VALUE) {
      return bytes.toByteArray();
    }
    List<Character> held = codes.values().stream().distinct().sorted().toList();
    out.writeChar(held.size());
    for (char code : held) {
      out.writeChar(code);
    }
    for (long s = head - slots + 1; s <= head; s++) {
      int place = codes.containsKey(s) ? held.indexOf(codes.get(s)) + 1 : 0;
      if (held.size() > 255) {
        out.writeChar(place);
      } else {
        out.writeByte(place);
      }
    }
    return bytes.toByteArray();
  }
}
