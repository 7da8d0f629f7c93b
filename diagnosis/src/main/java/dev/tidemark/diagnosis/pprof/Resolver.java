package dev.tidemark.diagnosis.pprof;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts strings, functions and locations in the place of their numbers and checks that they fit. */
final class Resolver {
  private final RawProfile raw;
  private final @Nullable Mapping[] mappings;
  private final @Nullable Function[] functions;
  private final @Nullable Location[] locations;

  Resolver(RawProfile raw) {
    this.raw = raw;
    this.mappings = new Mapping[raw.mappingIds.size()];
    this.functions = new Function[raw.functionIds.size()];
    this.locations = new Location[raw.locationIds.size()];
  }

  Profile resolve() throws IOException {
    List<Mapping> binaries = mappings();
    functions();
    locations();
    List<ValueType> types = new ArrayList<>();
    for (RawProfile.Type type : raw.types) {
      types.add(type(type));
    }
    List<Sample> samples = new ArrayList<>(raw.samples.size());
    for (RawProfile.Counted sample : raw.samples) {
      samples.add(sample(sample, types.size()));
    }
    List<String> comments = new ArrayList<>();
    for (long comment : raw.comments.take()) {
      comments.add(string(0, comment));
    }
    return new Profile(
        types,
        string(0, raw.defaultSampleType),
        samples,
        binaries,
        comments,
        string(0, raw.documentation),
        string(0, raw.dropFrames),
        string(0, raw.keepFrames),
        raw.timeNanos,
        raw.durationNanos,
        type(raw.periodType),
        raw.period);
  }

  private List<Mapping> mappings() throws IOException {
    List<Mapping> list = new ArrayList<>();
    for (RawProfile.Binary from : raw.mappings) {
      identified("mapping", from.offset(), raw.mappingIds.id(from.id()), mappings[from.id()]);
      String file = string(from.offset(), from.file());
      String buildId = string(from.offset(), from.buildId());
      Mapping mapping = new Mapping(from.start(), from.limit(), from.mapped(), file, buildId);
      mappings[from.id()] = mapping;
      list.add(mapping);
    }
    return list;
  }

  private void functions() throws IOException {
    for (RawProfile.Code from : raw.functions) {
      identified("function", from.offset(), raw.functionIds.id(from.id()), functions[from.id()]);
      functions[from.id()] =
          new Function(
              string(from.offset(), from.name()),
              string(from.offset(), from.systemName()),
              string(from.offset(), from.file()),
              from.startLine());
    }
  }

  private void locations() throws IOException {
    for (RawProfile.Place from : raw.locations) {
      identified("location", from.offset(), raw.locationIds.id(from.id()), locations[from.id()]);
      List<Line> lines = new ArrayList<>(from.lines().length / 3);
      for (int i = 0; i < from.lines().length; i += 3) {
        int index = (int) from.lines()[i];
        Function function = functions[index];
        if (function == null) {
          throw missing(from.offset(), "location", "function", raw.functionIds.id(index));
        }
        lines.add(new Line(function, from.lines()[i + 1], from.lines()[i + 2]));
      }
      locations[from.id()] =
          new Location(mappings[from.mapping()], from.address(), lines, from.folded());
    }
  }

  private Sample sample(RawProfile.Counted from, int types) throws IOException {
    if (from.values().length != types) {
      throw BadInputException.at(
          from.offset(),
          "has a sample of " + from.values().length + " values",
          types + ", one for each type");
    }
    if (types == 0) {
      throw BadInputException.at(from.offset(), "has a sample", "types of samples");
    }
    Location[] stack = new Location[from.stack().length];
    for (int i = 0; i < stack.length; i++) {
      Location location = locations[from.stack()[i]];
      if (location == null) {
        throw missing(from.offset(), "sample", "location", raw.locationIds.id(from.stack()[i]));
      }
      stack[i] = location;
    }
    return new Sample(stack, from.values(), labels(from));
  }

  private List<Label> labels(RawProfile.Counted from) throws IOException {
    if (from.labels().length == 0) {
      return List.of();
    }
    List<Label> labels = new ArrayList<>(from.labels().length / 4);
    for (int i = 0; i < from.labels().length; i += 4) {
      long text = from.labels()[i + 1];
      labels.add(
          new Label(
              string(from.offset(), from.labels()[i]),
              text == 0 ? null : string(from.offset(), text),
              from.labels()[i + 2],
              string(from.offset(), from.labels()[i + 3])));
    }
    return List.copyOf(labels);
  }

  private ValueType type(RawProfile.Type from) throws IOException {
    return new ValueType(string(from.offset(), from.type()), string(from.offset(), from.unit()));
  }

  private String string(long offset, long index) throws IOException {
    if (index < 0 || index >= raw.strings.size()) {
      throw BadInputException.at(
          offset, "names string " + index, "one of " + raw.strings.size() + " strings");
    }
    return raw.strings.get((int) index);
  }

  private static void identified(String what, long offset, long id, @Nullable Object there)
      throws IOException {
    if (id == 0) {
      throw BadInputException.at(offset, "has a " + what + " with id 0", "another id");
    }
    if (there != null) {
      throw BadInputException.at(
          offset, "has a second " + what + " " + Long.toUnsignedString(id), "a new id");
    }
  }

  private static IOException missing(long offset, String of, String what, long id) {
    return BadInputException.at(
        offset,
        "has a %s with %s %s".formatted(of, what, Long.toUnsignedString(id)),
        "one that is in the profile");
  }
}
