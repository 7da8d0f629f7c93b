package dev.tidemark.diagnosis.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log that Docker keeps (json-file, {@code {"log":"…\n","stream":"stderr","time":"…"}}) as what
 * the container wrote. Docker cuts long lines in parts and mixes streams: what one stream writes
 * while a line or a block of another is open comes behind it. Not for several threads.
 */
public final class DockerLog extends InputStream {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern LOG = Pattern.compile("\"log\"\\s*:\\s*\"");
  private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*\"std(out|err)\"");

  /** Docker cuts at 16 KiB, which escaped are six times as much, and attributes come with it. */
  private static final int LONGEST_ENTRY = 256 << 10;

  /** Of a line, to see whether it opens a block. */
  private static final int LONGEST_START = 4 << 10;

  /** What waits for another stream to end its block; a block longer than that is none. */
  private static final int MOST_HELD = 1 << 20;

  /** What was written at once; a line that is no entry has a stream of its own. */
  private record Entry(String stream, String text) {}

  private final InputStream in;
  private final Predicate<String> opens;
  private final byte[] raw = new byte[64 << 10];
  private int rawPosition;
  private int rawFilled;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream unwrapped = new ByteArrayOutputStream();
  private byte[] out = new byte[0];
  private int position;
  private boolean ended;
  private boolean cut;

  private @Nullable String owner;
  private boolean inBlock;
  private final StringBuilder start = new StringBuilder();
  private boolean inLine;
  private final Deque<Entry> held = new ArrayDeque<>();
  private long heldChars;

  /**
   * Unwraps a stream, which it does not close.
   *
   * @param opens whether a line begins a block of lines that belong together, up to an empty one
   */
  public DockerLog(InputStream in, Predicate<String> opens) {
    this.in = in;
    this.opens = opens;
  }

  /** Whether a file is such a log, by its first bytes. */
  public static boolean isOne(byte[] head) {
    String start = new String(head, StandardCharsets.ISO_8859_1);
    return start.lines().anyMatch(DockerLog::isEntry)
        || (start.indexOf('\n') < 0 && start.startsWith("{\"log\":\"")); // one long part of a line
  }

  private static boolean isEntry(String line) {
    return line.startsWith("{") && LOG.matcher(line).find() && STREAM.matcher(line).find();
  }

  /** Whether the last entry is not whole. */
  public boolean wasCut() {
    return cut;
  }

  @Override
  public int read() throws IOException {
    return fill() ? out[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(length, out.length - position);
    System.arraycopy(out, position, into, offset, read);
    position += read;
    return read;
  }

  private boolean fill() throws IOException {
    while (position == out.length && !ended) {
      do {
        next();
      } while (!ended && unwrapped.size() < raw.length);
      out = unwrapped.toByteArray();
      unwrapped.reset();
      position = 0;
    }
    return position < out.length;
  }

  private void next() throws IOException {
    boolean whole = line();
    if (line.size() > 0 || whole) {
      Entry entry = entry(line.toByteArray());
      if (entry != null) {
        accept(entry);
      } else if (!whole && line.toString(StandardCharsets.UTF_8).startsWith("{")) {
        cut = true;
      } else {
        accept(new Entry("", line.toString(StandardCharsets.UTF_8) + "\n"));
      }
    }
    if (!whole) {
      ended = true;
      end();
    }
  }

  /** Reads a line, its start where it is longer than an entry; false when none follows. */
  private boolean line() throws IOException {
    line.reset();
    while (true) {
      if (rawPosition == rawFilled) {
        rawPosition = 0;
        rawFilled = Math.max(in.read(raw, 0, raw.length), 0);
        if (rawFilled == 0) {
          return false;
        }
      }
      int end = rawPosition;
      while (end < rawFilled && raw[end] != '\n') {
        end++;
      }
      line.write(raw, rawPosition, Math.min(end - rawPosition, LONGEST_ENTRY - line.size()));
      boolean found = end < rawFilled;
      rawPosition = found ? end + 1 : end;
      if (found) {
        return true;
      }
    }
  }

  private static @Nullable Entry entry(byte[] json) {
    if (json.length == 0 || json[0] != '{') {
      return null;
    }
    String text = null;
    String stream = null;
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
        if (isText && "log".equals(name)) {
          text = parser.getText();
        } else if (isText && "stream".equals(name)) {
          stream = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return null; // damaged, or text of another kind that begins like it
    }
    return text == null || stream == null ? null : new Entry(stream, text);
  }

  private void accept(Entry entry) {
    if (owner != null && !owner.equals(entry.stream())) {
      held.add(entry);
      heldChars += entry.text().length();
      if (heldChars > MOST_HELD) {
        release();
      }
      return;
    }
    owner = entry.stream();
    unwrapped.writeBytes(entry.text().getBytes(StandardCharsets.UTF_8));
    int room = Math.max(0, LONGEST_START - start.length());
    start.append(entry.text(), 0, Math.min(room, entry.text().length()));
    inLine = !entry.text().endsWith("\n");
    if (inLine) {
      return;
    }
    String text = start.toString();
    start.setLength(0);
    inBlock = !text.isBlank() && (inBlock || opens.test(text.stripTrailing()));
    if (!inBlock && held.isEmpty()) {
      owner = null;
    } else if (!inBlock) {
      release();
    }
  }

  /** Lets another stream on with what it has written, in the order it was written in. */
  private void release() {
    if (inLine) {
      unwrapped.write('\n');
    }
    if (inBlock) {
      unwrapped.write('\n');
    }
    inLine = false;
    inBlock = false;
    start.setLength(0);
    owner = null;
    Entry[] waiting = held.toArray(new Entry[0]);
    held.clear();
    heldChars = 0;
    Arrays.stream(waiting).forEach(this::accept);
  }

  private void end() {
    while (!held.isEmpty()) {
      release();
    }
  }
}
