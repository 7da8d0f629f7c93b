package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads stacks as the runtime prints them (debug=2, SIGQUIT, a panic): a header, two lines a frame,
 * who created it. Lines that belong to none of these (logs, registers) are passed over.
 */
final class StacksParser implements DumpParser {
  private static final Pattern CUT_HEADER = Pattern.compile("goroutine \\d+( [^:]*)?");
  private static final Pattern OFFSET = Pattern.compile(" \\+0x[0-9a-f]+\\s*$");

  private final Limits limits;
  private final Groups groups;
  private final SeenIds seen = new SeenIds();
  private long repeated;

  private @Nullable Header header;
  private final List<Frame> stack = new ArrayList<>();
  private @Nullable Frame createdBy;
  private @Nullable String function;
  private @Nullable String creator;
  private boolean ancestors;
  private boolean complete = true;
  private String last = "";

  StacksParser(Limits limits) {
    this.limits = limits;
    this.groups = new Groups(limits.maxGroups());
  }

  static boolean recognises(String line) {
    return Header.in(line) != null;
  }

  @Override
  public void accept(String line) {
    last = line;
    Header next = Header.in(line);
    if (next != null) {
      close();
      header = next;
      complete = false;
      return;
    }
    if (line.isBlank()) {
      close();
    } else if (header == null) {
      complete &= !CUT_HEADER.matcher(line).matches();
    } else if (!ancestors) {
      body(line, header.offset());
    }
  }

  private void body(String line, int prefix) {
    if (line.contains("[originating from goroutine ")) {
      ancestors = true; // frames of the goroutine that created this one's creator
      return;
    }
    FrameLines.Position position = FrameLines.position(line, prefix);
    if (position != null && creator != null) {
      createdBy = new Frame(creator, position.file(), position.line());
      creator = null;
      complete = true;
    } else if (position != null && function != null) {
      push(new Frame(function, position.file(), position.line()));
      function = null;
      complete = true;
    } else if (position == null) {
      call(line);
    }
  }

  private void call(String line) {
    String by = FrameLines.creator(line);
    String called = by == null ? FrameLines.function(line) : null;
    if (by != null || called != null) {
      flush();
      creator = by;
      function = called;
      complete = false;
    } else if (line.contains("stack unavailable")) {
      complete = true; // the goroutine runs on another thread
    }
  }

  /** A call whose position is missing is still a frame. */
  private void flush() {
    if (function != null) {
      push(new Frame(function, null, null));
      function = null;
    }
    if (creator != null) {
      createdBy = new Frame(creator, null, null);
      creator = null;
    }
  }

  private void push(Frame frame) {
    if (stack.size() < limits.maxFrames()) {
      stack.add(frame);
    }
  }

  private void close() {
    flush();
    if (header != null) {
      if (seen.add(header.id())) {
        groups.add(1, header.state(), header.leaked(), header.minutes(), stack, createdBy);
      } else {
        repeated++;
      }
    }
    header = null;
    stack.clear();
    createdBy = null;
    ancestors = false;
  }

  @Override
  public GoroutineDump finish(boolean cut, boolean wholeLine) {
    boolean partial = !complete || (header != null && !wholeLine && !OFFSET.matcher(last).find());
    close();
    return new GoroutineDump(
        GoroutineDump.Form.STACKS,
        groups.goroutines(),
        cut || partial || groups.isFull(),
        repeated,
        groups.sorted());
  }
}
