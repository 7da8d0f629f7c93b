package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.input.LineReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the counted form (debug=1): {@code 837 @ 0x49218a 0x41d55c …} and a line for each frame.
 * Written by printCountProfile and printStackRecord in Go's runtime/pprof/pprof.go, which leave out
 * the runtime's own frames at the top.
 */
final class CountsParser implements DumpParser {
  private static final Pattern TITLE =
      Pattern.compile("(?:^|.*\\s)(goroutine|goroutineleak) profile: total (\\d{1,18})\\s*");
  private static final Pattern COUNT =
      Pattern.compile("(\\d{1,15}) @((?: 0x[0-9a-fA-F]{1,16})*)\\s*");

  private final Limits limits;
  private final List<CountedStack> stacks = new ArrayList<>();
  private long expected = -1;
  private boolean leaked;
  private boolean full;
  private long total;

  private long count = -1;
  private List<Long> addresses = List.of();
  private int hidden = -1;
  private final List<Frame> frames = new ArrayList<>();

  CountsParser(Limits limits) {
    this.limits = limits;
  }

  static boolean recognises(String line) {
    return line.contains(" profile: total ") ? TITLE.matcher(line).matches() : isCount(line);
  }

  private static boolean isCount(String line) {
    return line.contains(" @ 0x") && COUNT.matcher(line).matches();
  }

  @Override
  public void accept(LineReader reader) {
    String line = reader.text();
    if (line.startsWith("#")) {
      if (count >= 0 && frames.size() < limits.maxFrames()) {
        frame(line);
      }
      return;
    }
    Matcher counted = COUNT.matcher(line);
    if (counted.matches()) {
      close();
      count = Long.parseLong(counted.group(1));
      addresses = addresses(counted.group(2));
      return;
    }
    Matcher title = TITLE.matcher(line);
    if (title.matches()) {
      close();
      leaked = title.group(1).equals("goroutineleak");
      expected = Long.parseLong(title.group(2));
    } else if (line.isBlank()) {
      close();
    }
  }

  /** The columns are aligned with TABs, so some between them are empty. */
  private void frame(String line) {
    String[] columns = line.split("\t+", 5);
    if (columns.length < 3 || !columns[1].startsWith("0x")) {
      return;
    }
    int plus = columns[2].lastIndexOf("+0x");
    String function = plus < 0 ? columns[2].strip() : columns[2].substring(0, plus);
    if (function.isEmpty()) {
      return;
    }
    if (frames.isEmpty()) {
      hidden = hidden(address(columns[1].strip()));
    }
    FrameLines.Position at = columns.length < 4 ? null : FrameLines.position("\t" + columns[3], 0);
    frames.add(
        at == null ? new Frame(function, null, null) : new Frame(function, at.file(), at.line()));
  }

  /** How many addresses come before the first frame shown; a frame shows its address less one. */
  private int hidden(long shown) {
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.get(i) == shown || addresses.get(i) == shown + 1) {
        return i;
      }
    }
    return -1;
  }

  private static List<Long> addresses(String text) {
    return Arrays.stream(text.strip().split(" ", CountedStack.ADDRESSES + 1))
        .limit(CountedStack.ADDRESSES)
        .filter(word -> !word.isEmpty())
        .map(CountsParser::address)
        .toList();
  }

  private static long address(String word) {
    try {
      return Long.parseUnsignedLong(word.substring(2), 16);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void close() {
    if (count >= 0) {
      total += count;
      if (stacks.size() < limits.maxGroups()) {
        stacks.add(new CountedStack(count, addresses, hidden, List.copyOf(frames)));
      } else {
        full = true;
      }
    }
    count = -1;
    hidden = -1;
    frames.clear();
  }

  @Override
  public GoroutineDump finish(boolean cut, boolean wholeLine) {
    close();
    InferredStates states = InferredStates.of(stacks);
    Groups groups = new Groups(limits.maxGroups());
    for (CountedStack stack : stacks) {
      @Nullable String state = states.of(stack);
      groups.add(stack.count(), state, leaked, stack.frames());
    }
    boolean partial = expected >= 0 && total < expected;
    return new GoroutineDump(
        GoroutineDump.Form.COUNTS, total, cut || full || partial, 0, groups.sorted());
  }
}
