package dev.tidemark.rules.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Finds the expressions of a file: {@code groups[].rules[].expr} at any depth (rule files,
 * PrometheusRule), {@code services[].alerts[].expr} and {@code services[].requests}.
 */
final class YamlScan {
  private static final Pattern EXPRESSION =
      Pattern.compile("(?:.*/)?groups/-/rules/-/expr|services/-/alerts/-/expr|services/-/requests");
  private static final int MAX_EVENTS = 1_000_000;
  private static final int MAX_DEPTH = 50;

  /** A collection that is open: its name for a path, and for a mapping whether a key is next. */
  private static final class Frame {
    private final String path;
    private final boolean mapping;
    private final boolean flow;
    private @Nullable ScalarEvent key;

    Frame(String path, CollectionStartEvent start) {
      this.path = path;
      this.mapping = start instanceof MappingStartEvent;
      this.flow = start.isFlow();
    }
  }

  private final String text;
  private final Deque<Frame> open = new ArrayDeque<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private int codePoints;
  private int chars;

  private YamlScan(String text) {
    this.text = text;
  }

  /**
   * The scan of a text.
   *
   * @throws org.yaml.snakeyaml.error.YAMLException where it is no YAML
   * @throws IllegalArgumentException where it is too much of it, or an escape is broken
   */
  static YamlScan of(String text) {
    YamlScan scan = new YamlScan(text);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE); // the size of a file is bounded before
    ParserImpl parser = new ParserImpl(new StreamReader(text), options);
    int events = 0;
    for (boolean more = true; more; ) {
      Event event = parser.getEvent();
      if (++events > MAX_EVENTS || scan.open.size() > MAX_DEPTH) {
        throw new IllegalArgumentException("holds too much to be formatted");
      }
      scan.take(event);
      more = !event.is(Event.ID.StreamEnd);
    }
    return scan;
  }

  List<Slot> slots() {
    return slots;
  }

  /** Everything else in the file, in order: must be the same after a change. */
  List<String> others() {
    return others;
  }

  private void take(Event event) {
    if (event instanceof ScalarEvent scalar) {
      scalar(scalar);
      return;
    }
    others.add(event.getEventId().toString());
    if (event instanceof CollectionStartEvent start) {
      open.push(new Frame(path(), start));
    } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
      open.pop();
      value();
    } else if (event.is(Event.ID.Alias)) {
      value();
    }
  }

  private void scalar(ScalarEvent scalar) {
    Frame frame = open.peek();
    boolean key = frame != null && frame.mapping && frame.key == null;
    if (!key && EXPRESSION.matcher(path()).matches() && frame != null && frame.key != null) {
      slots.add(slot(scalar, frame.key));
    } else {
      others.add(scalar.getScalarStyle() + scalar.getValue());
    }
    if (key) {
      frame.key = scalar;
    } else {
      value();
    }
  }

  /** A value has ended: in a mapping the next is a key. */
  private void value() {
    Frame frame = open.peek();
    if (frame != null) {
      frame.key = null;
    }
  }

  /** Where the next value stands. */
  private String path() {
    Frame frame = open.peek();
    if (frame == null) {
      return "";
    }
    String name = frame.mapping ? (frame.key == null ? "?" : frame.key.getValue()) : "-";
    return frame.path.isEmpty() ? name : frame.path + "/" + name;
  }

  private Slot slot(ScalarEvent scalar, ScalarEvent key) {
    boolean flow = false;
    for (Frame frame : open) {
      flow |= frame.flow;
    }
    int start = index(scalar.getStartMark().getIndex());
    return new Slot(
        scalar.getValue(),
        start,
        index(scalar.getEndMark().getIndex()),
        scalar.getStartMark().getLine(),
        scalar.getStartMark().getColumn(),
        key.getStartMark().getColumn(),
        flow,
        scalar.getAnchor() != null || scalar.getTag() != null,
        scalar.getScalarStyle());
  }

  /** Marks count code points; they come in the order of the text. */
  private int index(int mark) {
    chars = text.offsetByCodePoints(chars, mark - codePoints);
    codePoints = mark;
    return chars;
  }
}
