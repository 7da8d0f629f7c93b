package dev.tidemark.e2e.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program of its own that fills its heap with orders and has its JVM write it, which is what
 * {@code jcmd GC.heap_dump} asks for, too. Arguments: the file, and how many orders.
 */
final class HeapFill {
  private static final int LINES = 4;

  private record Line(int product, double price) {}

  private record Order(String customer, String note, List<Line> lines) {}

  private HeapFill() {}

  public static void main(String[] args) throws IOException {
    int orders = Integer.parseInt(args[1]);
    Map<Integer, Order> held = new HashMap<>();
    for (int i = 0; i < orders; i++) {
      List<Line> lines = new ArrayList<>(LINES);
      for (int line = 0; line < LINES; line++) {
        lines.add(new Line(i + line, i * 0.5));
      }
      held.put(i, new Order("customer-" + i, "a note of order " + i, lines));
    }
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
    if (held.size() != orders) {
      throw new IllegalStateException("what is held must be held until it was written");
    }
  }
}
