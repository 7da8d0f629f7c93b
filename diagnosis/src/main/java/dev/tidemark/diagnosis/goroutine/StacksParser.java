package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.input.LineReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads stacks as the runtime prints them (debug=2, SIGQUIT, a panic): a header, two lines a frame,
 * who created it. Lines that belong to none of these (logs, registers) are passed over. Lines as
 * the runtime writes them are found again by their bytes; all others are looked at as text.
 */
final class StacksParser implements DumpParser {
  private static final Pattern CUT_HEADER = Pattern.compile("goroutine \\d+( [^:]*)?");

  /** What the runtime says before it prints the stacks of a program that can never go on. */
  private static final String DEADLOCK = "all goroutines are asleep - deadlock!";

  private static final Pattern OFFSET = Pattern.compile(" \\+0x[0-9a-f]+\\s*$");

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** A position and the frames seen there: one, unless functions were inlined. */
  private static final class Spot {
    private final FrameLines.Position at;
    private final Map<String, Frame> frames = new HashMap<>(2);
    private @Nullable Frame last;

    Spot(FrameLines.Position at) {
      this.at = at;
    }

    Frame frame(String function) {
      Frame frame = last;
      if (frame == null || !frame.function().equals(function)) {
        frame = frames.computeIfAbsent(function, name -> new Frame(name, at.file(), at.line()));
        last = frame;
      }
      return frame;
    }
  }

  private final SliceCache<Spot> spots = new SliceCache<>(line -> spot(line, 0));
  private final SliceCache<String> functions =
      new SliceCache<>(name -> FrameLines.function(name + "()"));
  private final SliceCache<String> creators = new SliceCache<>(FrameLines::creator);

  private final SliceCache<Header> headers = new SliceCache<>(Header::behindNumber);

  private final Limits limits;
  private final Groups groups;
  private final SeenIds seen = new SeenIds();
  private final SeenIds between = new SeenIds();
  private final KnownStacks stacks;
  private long repeated;

  /** Whether all lines since the header are such as another stack may be compared with. */
  private boolean plain;

  /** Where the first of them starts, in a buffer that changed so often. */
  private int from;

  private long changes;

  private @Nullable Header header;
  private final List<Frame> stack = new ArrayList<>();
  private final Pointers pointers = new Pointers();
  private @Nullable Frame createdBy;
  private long parent;
  private @Nullable String function;
  private @Nullable String creator;
  private boolean ancestors;
  private boolean deadlock;
  private boolean complete = true;
  private String last = "";

  /** What a logger put before the last header. */
  private String prefix = "";

  StacksParser(Limits limits) {
    this.limits = limits;
    this.groups = new Groups(limits.maxGroups());
    this.stacks = new KnownStacks(limits.maxLineBytes(), limits.maxFrames());
  }

  static boolean recognises(String line) {
    return Header.in(line) != null || line.contains(DEADLOCK);
  }

  @Override
  public void accept(LineReader line) {
    if (line.start() == line.end()) {
      last = "";
      remember(line);
      close();
    } else if (!isHeader(line) && !isKnown(line)) {
      plain = false;
      text(line.text());
    }
    if (!line.endedCleanly()) {
      last = line.text();
    }
  }

  /** Whether the line opens a goroutine and nothing else; a stack seen before is taken with it. */
  private boolean isHeader(LineReader line) {
    byte[] buffer = line.buffer();
    int start = line.start();
    int end = line.end();
    int number = Header.endOfNumber(buffer, start, end);
    if (number < 0 || buffer[end - 1] != ':' || line.isEscaped() || !line.endedCleanly()) {
      return false;
    }
    Header kind = headers.get(buffer, number, end);
    if (kind == null) {
      return false;
    }
    close();
    Header next = kind.of(Header.number(buffer, start, number));
    KnownStacks.Known known = stacks.find(buffer, line.behind(), line.filled());
    if (known != null) {
      add(next.in(deadlock), known, buffer);
      complete = true;
      last = "";
      line.skipTo(stacks.end());
      return true;
    }
    header = next;
    complete = false;
    plain = true;
    changes = line.changes();
    from = line.behind();
    stacks.begin();
    return true;
  }

  private void add(Header next, KnownStacks.Known known, byte[] buffer) {
    if (next.isScheduler()) {
      return;
    }
    if (!seen.add(next.id())) {
      repeated++;
      return;
    }
    Groups.Place place = known.place(next, groups);
    if (groups.add(place, next) && place != null) {
      for (int call = 0; call < known.calls; call++) {
        pointers.arguments(buffer, stacks.from(call), stacks.to(call), call);
      }
      long starter =
          known.numbered
              ? FrameLines.number(buffer, stacks.from(known.calls), stacks.to(known.calls))
              : 0;
      groups.member(place, next, known.stack.frames(), starter, pointers);
      pointers.clear();
    }
    if (known.stack.betweenRequests()) {
      between.add(next.id());
    }
  }

  /** Keeps a stack that ends here, where all its lines are as the runtime writes them. */
  private void remember(LineReader line) {
    boolean whole = header != null && plain && function == null && creator == null;
    if (whole
        && line.endedCleanly()
        && line.changes() == changes
        && stack.size() < limits.maxFrames()) {
      KnownStacks.Stack meaning = new KnownStacks.Stack(stack, createdBy, isBetweenRequests());
      stacks.add(line.buffer(), from, line.behind(), meaning);
    }
  }

  /** Whether the line is one of those that a stack consists of, and was taken as such. */
  private boolean isKnown(LineReader line) {
    if (header == null || header.offset() > 0 || ancestors || line.isEscaped()) {
      return false;
    }
    plain &= !line.isShortened();
    byte[] buffer = line.buffer();
    int start = line.start();
    int end = line.end();
    if (buffer[start] == '\t') {
      Spot spot = spots.get(buffer, start, end);
      return spot != null && place(spot);
    }
    if (FrameLines.isCreator(buffer, start, end)) {
      int name = FrameLines.endOfCreator(buffer, end);
      plain &= createdBy == null;
      call(creators.get(buffer, start, name), null);
      parent = FrameLines.parent(buffer, name, end);
      if (name < end) {
        stacks.gap(FrameLines.startOfParent(name), end);
      }
      return true;
    }
    int open = buffer[end - 1] == ')' ? FrameLines.open(buffer, start, end - 1) : -1;
    String called = open < 0 ? null : functions.get(buffer, start, open);
    if (called == null) {
      return false;
    }
    plain &= createdBy == null;
    call(null, called);
    pointers.arguments(buffer, open + 1, end - 1, stack.size());
    stacks.gap(open + 1, end - 1);
    return true;
  }

  private void text(String line) {
    Header next = Header.in(line);
    if (next != null) {
      close();
      header = next;
      prefix = shape(line.substring(0, next.offset()));
      complete = false;
      return;
    }
    if (line.isBlank()) {
      close();
    } else if (header == null) {
      deadlock |= line.contains(DEADLOCK);
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
    Spot spot = spot(line, prefix);
    if (spot != null) {
      place(spot);
      return;
    }
    String by = FrameLines.creator(line);
    String called = by == null ? FrameLines.function(line) : null;
    if (by != null || called != null) {
      call(by, called);
      parent = by == null ? parent : FrameLines.parent(line);
    } else if (line.contains("stack unavailable")) {
      complete = true; // the goroutine runs on another thread
    }
  }

  /** A prefix whatever the time in it: a line of it alone was an empty one. */
  private static String shape(String text) {
    return DIGITS.matcher(text.strip()).replaceAll("0");
  }

  private static @Nullable Spot spot(String line, int prefix) {
    FrameLines.Position position = FrameLines.position(line, prefix);
    return position == null ? null : new Spot(position);
  }

  /** Takes the position of the call before; false when there was none. */
  private boolean place(Spot spot) {
    if (creator != null) {
      createdBy = spot.frame(creator);
      creator = null;
    } else if (function != null) {
      push(spot.frame(function));
      function = null;
    } else {
      return false;
    }
    complete = true;
    return true;
  }

  private void call(@Nullable String by, @Nullable String called) {
    plain &= function == null && creator == null;
    flush();
    creator = by;
    function = called;
    complete = false;
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
    if (header != null && !header.isScheduler()) {
      if (seen.add(header.id())) {
        Header told = header.in(deadlock);
        Groups.Place place = groups.place(told, stack, createdBy);
        if (groups.add(place, told) && place != null) {
          groups.member(place, told, stack, parent, pointers);
        }
        if (isBetweenRequests()) {
          between.add(header.id());
        }
      } else {
        repeated++;
      }
    }
    header = null;
    stack.clear();
    pointers.clear();
    createdBy = null;
    parent = 0;
    ancestors = false;
  }

  /** Whether it serves a connection kept alive, whose last request is over and next not there. */
  private boolean isBetweenRequests() {
    boolean serves = false;
    for (Frame frame : stack) {
      if (frame.function().equals(Functions.ANSWER)) {
        return false;
      }
      serves |= frame.function().equals(Functions.SERVE);
    }
    return serves;
  }

  @Override
  public GoroutineDump finish(boolean cut, boolean wholeLine) {
    boolean ends = wholeLine || OFFSET.matcher(last).find() || shape(last).equals(prefix);
    boolean partial = !complete || (header != null && !ends);
    close();
    boolean truncated = cut || partial || groups.isFull();
    return new GoroutineDump(
        GoroutineDump.Form.STACKS,
        groups.goroutines(),
        truncated,
        repeated,
        groups.sorted(truncated ? null : seen, between));
  }
}
