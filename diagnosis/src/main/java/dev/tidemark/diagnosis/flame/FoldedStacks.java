package dev.tidemark.diagnosis.flame;

import dev.tidemark.diagnosis.heap.Frame;
import dev.tidemark.diagnosis.heap.StackSum;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line a stack, outermost function first, as flamegraph.pl and its like take them: {@code
 * main;serve;put 42}, for a difference {@code main;serve;put 40 42}.
 */
public final class FoldedStacks {
  private FoldedStacks() {}

  public static void write(PrintWriter out, boolean difference, List<StackSum> stacks) {
    Map<String, long[]> lines = new TreeMap<>();
    for (StackSum stack : stacks) {
      long[] sums = lines.computeIfAbsent(line(stack.stack()), key -> new long[2]);
      sums[0] += stack.base();
      sums[1] += stack.target();
    }
    lines.forEach(
        (line, sums) -> {
          String text = line.isEmpty() ? "all" : line;
          out.print(text + (difference ? " " + sums[0] : "") + " " + sums[1] + "\n");
        });
  }

  private static String line(List<Frame> stack) {
    StringBuilder line = new StringBuilder();
    for (int i = stack.size() - 1; i >= 0; i--) {
      line.append(line.length() == 0 ? "" : ";");
      stack
          .get(i)
          .function()
          .codePoints()
          .forEach(c -> line.appendCodePoint(c == ';' ? ':' : Character.isISOControl(c) ? '?' : c));
    }
    return line.toString();
  }
}
