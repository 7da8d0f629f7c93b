package dev.tidemark.diagnosis.flame;

import dev.tidemark.diagnosis.heap.Frame;
import dev.tidemark.diagnosis.heap.StackSum;
import java.util.List;

/**
 * Stacks merged from the root on, by function.
 *
 * @param difference whether there was a profile before
 */
public record FlameTree(String sampleType, String unit, boolean difference, FlameNode root) {
  /** Deeper frames are counted where the stack is cut; recursion without end looks like that. */
  private static final int DEEPEST = 400;

  /** More functions than anybody can see; what comes later is counted at its caller. */
  private static final int MOST_NODES = 200_000;

  /** Merges the stacks; the root is called {@code all}. */
  public static FlameTree of(
      String sampleType, String unit, boolean difference, List<StackSum> stacks) {
    FlameNode root = new FlameNode("all");
    int nodes = 0;
    for (StackSum stack : stacks) {
      FlameNode at = root;
      at.add(stack.base(), stack.target());
      List<Frame> frames = stack.stack();
      int last = Math.max(0, frames.size() - DEEPEST);
      for (int i = frames.size() - 1; i >= last; i--) {
        String function = frames.get(i).function();
        if (!at.has(function) && ++nodes > MOST_NODES) {
          break;
        }
        at = at.child(function);
        at.add(stack.base(), stack.target());
      }
    }
    return new FlameTree(sampleType, unit, difference, root);
  }
}
