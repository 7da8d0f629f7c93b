package dev.tidemark.toolkit.yaml;

import dev.tidemark.toolkit.config.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Turns snakeyaml's events into a {@link Tree}. Aliases are never expanded, so a small file stays a
 * small tree; depth, nodes and scalars are bounded.
 */
final class TreeReader {
  private static final int MAX_DEPTH = 50;
  private static final int MAX_NODES = 250_000;
  private static final int MAX_SCALAR = 256 * 1024;
  private static final String CORE = "tag:yaml.org,2002:";
  private static final Set<String> CORE_TAGS =
      Set.of(
          "!",
          CORE + "str",
          CORE + "int",
          CORE + "float",
          CORE + "bool",
          CORE + "null",
          CORE + "map",
          CORE + "seq");

  private final ParserImpl parser;
  private final Problems problems;
  private int nodes;
  private @Nullable Mark last;

  private TreeReader(String text, Problems problems) {
    this.parser = new ParserImpl(new StreamReader(text), options());
    this.problems = problems;
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE); // the size of the file is checked before
    return options;
  }

  static Tree read(String text, Problems problems) throws ProblemsException {
    try {
      return new TreeReader(text, problems).document();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
      problems.add(place(problems.file(), mark), SyntaxMessage.of(e));
    } catch (YAMLException e) {
      problems.add(Place.wholeFile(problems.file()), "is no YAML: " + e.getMessage());
    }
    problems.throwIfAny();
    throw new IllegalStateException("a syntax error is a problem");
  }

  private Tree document() throws ProblemsException {
    next(); // the stream's start
    Event first = next();
    if (!(first instanceof DocumentStartEvent)) {
      throw new ProblemsException(Place.wholeFile(problems.file()), "is empty");
    }
    Tree tree = node(next(), 1);
    next(); // the document's end
    Event next = next();
    if (next instanceof DocumentStartEvent) {
      problems.add(place(next), "a second document starts here, needs one document a file");
    }
    if (tree.isNull()) {
      throw new ProblemsException(Place.wholeFile(problems.file()), "is empty");
    }
    return tree;
  }

  /** The next event; snakeyaml lets what is wrong with an escape's digits through as it is. */
  private Event next() throws ProblemsException {
    try {
      Event event = parser.getEvent();
      last = event.getEndMark();
      return event;
    } catch (IllegalArgumentException e) {
      String message = "syntax: after here an escape in double quotes names no character";
      throw new ProblemsException(place(problems.file(), last), message);
    }
  }

  private Tree node(Event event, int depth) throws ProblemsException {
    if (++nodes > MAX_NODES) {
      throw stop(event, "the file has more than " + MAX_NODES + " values");
    }
    checkTag(event);
    if (event instanceof AliasEvent alias) {
      problems.add(
          place(event), "found the alias *" + alias.getAnchor() + ", needs the value written out");
      return new Tree.Broken(place(event));
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    if (depth > MAX_DEPTH) {
      throw stop(event, "nested deeper than " + MAX_DEPTH + " levels");
    }
    return event instanceof MappingStartEvent ? mapping(event, depth) : sequence(event, depth);
  }

  private Tree scalar(ScalarEvent event) {
    String text = event.getValue();
    if (text.length() > MAX_SCALAR) {
      problems.add(
          place(event),
          "found a text of " + text.length() + " characters, needs at most " + MAX_SCALAR);
      return new Tree.Broken(place(event));
    }
    boolean asText = event.getTag() != null && event.getTag().endsWith(":str");
    return new Tree.Scalar(place(event), text, event.isPlain() && !asText);
  }

  private Tree sequence(Event start, int depth) throws ProblemsException {
    List<Tree> items = new ArrayList<>();
    for (Event e = next(); !e.is(Event.ID.SequenceEnd); e = next()) {
      items.add(node(e, depth + 1));
    }
    return new Tree.Sequence(place(start), items);
  }

  private Tree mapping(Event start, int depth) throws ProblemsException {
    List<Tree.Entry> entries = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    for (Event e = next(); !e.is(Event.ID.MappingEnd); e = next()) {
      Tree key = node(e, depth + 1);
      Tree value = node(next(), depth + 1);
      if (key instanceof Tree.Broken) {
        continue;
      }
      if (!(key instanceof Tree.Scalar scalar)) {
        problems.add(key.place(), "found " + key.shown() + " as a key, needs a text");
      } else if (scalar.plain() && scalar.text().equals("<<")) {
        problems.add(key.place(), "found the merge key <<, needs its keys written out");
      } else {
        Place first = seen.putIfAbsent(scalar.text(), scalar.place());
        if (first == null) {
          entries.add(new Tree.Entry(scalar, value));
        } else {
          problems.add(
              scalar.place(),
              "duplicate key " + Shown.text(scalar.text()) + ", first in line " + first.line());
        }
      }
    }
    return new Tree.Mapping(place(start), entries);
  }

  private void checkTag(Event event) {
    String tag = tag(event);
    if (tag != null && !CORE_TAGS.contains(tag)) {
      problems.add(
          place(event), "found the tag " + Shown.text(tag) + ", needs a value without tag");
    }
  }

  private static @Nullable String tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent start ? start.getTag() : null;
  }

  private ProblemsException stop(Event event, String message) {
    return new ProblemsException(place(event), message);
  }

  /** An anchor stands before its node; the node itself is the place that helps. */
  private Place place(Event event) {
    return place(problems.file(), event.getStartMark());
  }

  private static Place place(String file, @Nullable Mark mark) {
    return mark == null
        ? Place.wholeFile(file)
        : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
