package dev.tidemark.diagnosis.goroutine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stacks by their bytes. A dump repeats few stacks very often, so that nearly all of them are read
 * once and then only compared: what lies between the arguments of two calls is the same in all of
 * them. A tree of such texts, of bounded size; what finds no place in it is read each time.
 */
final class KnownStacks {
  /** In all; a stack of ten calls takes about 3 kB. */
  private static final int MOST_BYTES = 16 << 20;

  /** A text's and a stack's own objects. */
  private static final int TEXT_BYTES = 100;

  private static final int STACK_BYTES = 300;

  /** Tried one after the other. */
  private static final int MOST_BRANCHES = 32;

  private static final int HEADS = 1 << 12;

  private static final byte[] IN = " in goroutine ".getBytes(StandardCharsets.US_ASCII);

  /** What arguments are written with; neither brackets of calls nor what ends a line. */
  private static final boolean[] ARGUMENT = arguments();

  /**
   * What a stack means, its arguments apart.
   *
   * @param betweenRequests whether it serves a connection whose next request is not there
   */
  record Stack(List<Frame> frames, @Nullable Frame createdBy, boolean betweenRequests) {
    Stack {
      frames = List.copyOf(frames);
    }
  }

  /** A stack that came before. */
  static final class Known {
    final Stack stack;

    /** How many; the first gaps are their arguments. */
    final int calls;

    /** Whether behind the calls it tells the number of the goroutine that started it. */
    final boolean numbered;

    private final Text[] texts;
    private @Nullable Known next;
    private @Nullable Header header;
    private Groups.@Nullable Place place;

    Known(Stack stack, Text[] texts) {
      this.stack = stack;
      this.texts = texts;
      this.numbered = texts[texts.length - 2].beforeNumber;
      this.calls = texts.length - (numbered ? 2 : 1);
    }

    /** Where goroutines of this stack and of the header's state are counted. */
    Groups.@Nullable Place place(Header of, Groups groups) {
      Groups.Place found = place;
      if (found == null || header == null || !header.isAlike(of)) {
        found = groups.place(of, stack.frames(), stack.createdBy());
        place = found;
        header = of;
      }
      return found;
    }
  }

  /** What is the same up to arguments, up to the number of a goroutine, or to the stack's end. */
  private static final class Text {
    final byte[] bytes;

    /** How much of it belongs to the line that goes on behind it. */
    final int ofLine;

    final boolean beforeNumber;
    private Text[] branches = new Text[0];
    private @Nullable Known leaf;

    Text(byte[] bytes) {
      this.bytes = bytes;
      int line = bytes.length;
      while (line > 0 && bytes[line - 1] != '\n') {
        line--;
      }
      this.ofLine = bytes.length - line;
      int in = bytes.length - IN.length;
      this.beforeNumber = in >= 0 && Arrays.equals(bytes, in, bytes.length, IN, 0, IN.length);
    }

    /** False when it has as many branches as it may. */
    boolean grow(Text branch) {
      if (branches.length == MOST_BRANCHES) {
        return false;
      }
      branches = Arrays.copyOf(branches, branches.length + 1);
      branches[branches.length - 1] = branch;
      return true;
    }

    boolean isAt(byte[] buffer, int from, int to) {
      return to - from >= bytes.length
          && Arrays.equals(buffer, from, from + bytes.length, bytes, 0, bytes.length);
    }
  }

  private final int maxLine;
  private final int[] from;
  private final int[] to;
  private int gaps;
  private int end;
  private final @Nullable Text[] heads = new Text[HEADS];
  private int held;
  private @Nullable Known last;

  /** Of stacks with so many calls at most, in lines of so many bytes. */
  KnownStacks(int maxLine, int maxCalls) {
    this.maxLine = maxLine;
    this.from = new int[maxCalls + 1];
    this.to = new int[maxCalls + 1];
  }

  private static boolean[] arguments() {
    boolean[] plain = new boolean[1 << Byte.SIZE];
    for (char c : "0123456789abcdefx{}, .?_".toCharArray()) {
      plain[c] = true;
    }
    return plain;
  }

  /**
   * The stack that begins here and lies wholly within these bytes, or null. Its arguments are then
   * {@link #from} and {@link #to}, its end {@link #end}.
   */
  @Nullable Known find(byte[] buffer, int start, int limit) {
    Known guess = last == null ? null : last.next;
    if (guess == null || !follow(guess.texts, buffer, start, limit)) {
      guess = search(buffer, start, limit);
      if (last != null) {
        last.next = guess;
      }
    }
    last = guess;
    return guess;
  }

  private boolean follow(Text[] texts, byte[] buffer, int start, int limit) {
    gaps = 0;
    int at = start;
    for (Text text : texts) {
      if (!text.isAt(buffer, at, limit)) {
        return false;
      }
      at = behind(text, buffer, at, limit);
      if (at < 0) {
        return false;
      }
    }
    end = at;
    return true;
  }

  private @Nullable Known search(byte[] buffer, int start, int limit) {
    gaps = 0;
    Text text = heads[head(buffer, start, limit)];
    for (int at = start; text != null && at >= 0; ) {
      text = branch(text, buffer, at, limit);
      at = text == null ? -1 : behind(text, buffer, at, limit);
      if (text != null && text.leaf != null) {
        end = at;
        return text.leaf;
      }
    }
    return null;
  }

  /** The branch that goes on like this; it is tried first the next time. */
  private static @Nullable Text branch(Text text, byte[] buffer, int at, int limit) {
    Text[] branches = text.branches;
    for (int i = 0; i < branches.length; i++) {
      Text branch = branches[i];
      if (branch.isAt(buffer, at, limit)) {
        branches[i] = branches[0];
        branches[0] = branch;
        return branch;
      }
    }
    return null;
  }

  /** Where what follows a text ends: its arguments or number. -1 when there is no such thing. */
  private int behind(Text text, byte[] buffer, int at, int limit) {
    int start = at + text.bytes.length;
    if (text.ofLine == 0) {
      return start; // a line that ends is the stack's last
    }
    int stop = start;
    if (text.beforeNumber) {
      while (stop < limit && buffer[stop] >= '0' && buffer[stop] <= '9') {
        stop++;
      }
    } else {
      while (stop < limit && ARGUMENT[buffer[stop] & 0xff]) {
        stop++;
      }
    }
    boolean told = stop > start || !text.beforeNumber;
    if (!told || text.ofLine + stop - start >= maxLine || gaps == from.length) {
      return -1;
    }
    from[gaps] = start;
    to[gaps++] = stop;
    return stop;
  }

  /** The name that a stack begins with: its first line up to the arguments. */
  private static int head(byte[] buffer, int start, int limit) {
    int stop = start;
    while (stop < limit && buffer[stop] != '\n') {
      stop++;
    }
    while (stop > start && buffer[stop - 1] != '(') {
      stop--;
    }
    int hash = 0;
    for (int i = start; i < stop; i++) {
      hash = 31 * hash + buffer[i];
    }
    return (hash ^ hash >>> 16) & (HEADS - 1);
  }

  /** A stack is about to be read whose gaps are told by {@link #gap}. */
  void begin() {
    gaps = 0;
  }

  /** What differs in stacks that are otherwise alike. */
  void gap(int start, int stop) {
    if (gaps < from.length) {
      from[gaps] = start;
      to[gaps] = stop;
    }
    gaps++;
  }

  /** Where the arguments of a call start that was found, counted from the innermost. */
  int from(int gap) {
    return from[gap];
  }

  /** Where they end. */
  int to(int gap) {
    return to[gap];
  }

  /** Behind the stack that was found. */
  int end() {
    return end;
  }

  /** Holds a stack that was read, with the gaps told since {@link #begin}. */
  void add(byte[] buffer, int start, int stop, Stack stack) {
    int texts = gaps + 1;
    int cost = stop - start + texts * TEXT_BYTES + STACK_BYTES;
    if (gaps == 0 || gaps > from.length || held + cost > MOST_BYTES) {
      return;
    }
    held += cost;
    Text[] path = new Text[texts];
    Text text = root(head(buffer, start, stop));
    int at = start;
    for (int i = 0; i < texts; i++) {
      byte[] bytes = Arrays.copyOfRange(buffer, at, i < gaps ? from[i] : stop);
      Text next = branch(text, bytes, 0, bytes.length);
      if (next == null || next.bytes.length != bytes.length) {
        next = new Text(bytes);
        if (!text.grow(next)) {
          return;
        }
      }
      path[i] = next;
      text = next;
      at = i < gaps ? to[i] : stop;
    }
    Known known = text.leaf;
    if (known == null) {
      known = new Known(stack, path);
      text.leaf = known;
    }
    if (last != null) {
      last.next = known;
    }
    last = known;
  }

  private Text root(int head) {
    Text root = heads[head];
    if (root == null) {
      root = new Text(new byte[0]);
      heads[head] = root;
    }
    return root;
  }
}
