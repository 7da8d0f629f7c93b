package dev.tidemark.diagnosis.goroutine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** States of stacks that are shown with the runtime's frames, for want of any other. */
final class RuntimeFrames {
  private RuntimeFrames() {}

  static @Nullable String state(List<Frame> frames) {
    for (int i = 0; i < Math.min(frames.size(), 5); i++) {
      String function = frames.get(i).function();
      if (!function.startsWith("runtime.")) {
        return null;
      }
      String state =
          switch (function) {
            case "runtime.chansend", "runtime.chansend1" -> "chan send";
            case "runtime.chanrecv", "runtime.chanrecv1", "runtime.chanrecv2" -> "chan receive";
            case "runtime.selectgo" -> "select";
            case "runtime.block" -> "select (no cases)";
            case "runtime.runfinq", "runtime.runFinalizers" -> "finalizer wait";
            default -> null;
          };
      if (state != null) {
        return state;
      }
    }
    return null;
  }
}
