package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why a group is nothing to worry about; has an answer for every group. */
final class NormalRule implements Rule {
  @Override
  public String id() {
    return "goroutine-normal";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    return Optional.of(Finding.normal(id(), why(group)));
  }

  private static String why(StackGroup group) {
    String state = String.valueOf(group.state());
    if (group.calls("os/signal.loop") || group.calls(Functions.SIGNALS)) {
      return "waits for signals of the operating system";
    }
    if (state.startsWith("GC ")
        || state.startsWith("finalizer")
        || state.startsWith("force gc")
        || state.startsWith("cleanup")) {
      return "belongs to the garbage collector";
    }
    String http = http(group);
    if (http != null) {
      return http;
    }
    if (group.isMain()) {
      return "is the main goroutine";
    }
    return switch (state) {
      case "running", "runnable" -> "has work";
      case "syscall" -> "is in a call of the operating system";
      case "IO wait" ->
          group.calls("os.(*File).Read") || group.calls("os.(*File).Write")
              ? "waits for a pipe or a terminal"
              : "waits for the network";
      case "sleep" -> "sleeps and wakes by itself";
      case "select" -> "waits in a select, which alone says nothing";
      case "null" -> "runs, or its state is not told";
      default -> "too few or too young to mean anything";
    };
  }

  private static @Nullable String http(StackGroup group) {
    if (group.calls(Functions.WRITE_LOOP) || group.calls(Functions.READ_LOOP)) {
      return "serves an outgoing HTTP connection";
    }
    return group.calls(Functions.SERVE) && group.isState("IO wait") && group.blockedAt() == null
        ? "is an HTTP connection waiting for its client"
        : null;
  }
}
