package dev.tidemark.diagnosis.pprof;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.IOException;

/** Reads the messages of profile.proto; the numbers of fields are from there. */
final class ProtoReader {
  private final WireReader wire;
  private final Budget budget;
  private final RawProfile raw = new RawProfile();
  private final Longs first = new Longs();
  private final Longs second = new Longs();
  private final Longs third = new Longs();

  ProtoReader(ByteSource source, Budget budget) {
    this.wire = new WireReader(source);
    this.budget = budget;
  }

  RawProfile read() throws IOException {
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> raw.types.add(type());
        case 2 -> raw.samples.add(sample());
        case 3 -> raw.mappings.add(mapping());
        case 4 -> raw.locations.add(location());
        case 5 -> raw.functions.add(function());
        case 6 -> string();
        case 7 -> raw.dropFrames = wire.number();
        case 8 -> raw.keepFrames = wire.number();
        case 9 -> time();
        case 10 -> raw.durationNanos = wire.number();
        case 11 -> raw.periodType = type();
        case 12 -> raw.period = wire.number();
        case 13 -> wire.numbers(this::comment);
        case 14 -> raw.defaultSampleType = wire.number();
        case 15 -> raw.documentation = wire.number();
        default -> wire.skip();
      }
    }
    return raw;
  }

  private void comment(long string) throws IOException {
    budget.entry(wire.offset());
    raw.comments.add(string);
  }

  private void time() throws IOException {
    if (raw.timeNanos != 0) {
      throw BadInputException.at(wire.offset(), "a second profile follows", "one");
    }
    raw.timeNanos = wire.number();
  }

  private void string() throws IOException {
    long at = begin();
    String text = wire.text();
    if (raw.strings.isEmpty() && !text.isEmpty()) {
      throw BadInputException.at(at, "has a table of strings that begins with one", "an empty one");
    }
    raw.strings.add(text);
  }

  private long begin() throws IOException {
    long at = wire.offset();
    budget.entry(at);
    return at;
  }

  private RawProfile.Type type() throws IOException {
    long at = begin();
    long type = 0;
    long unit = 0;
    long outer = wire.enter();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> type = wire.number();
        case 2 -> unit = wire.number();
        default -> wire.skip();
      }
    }
    wire.leave(outer);
    return new RawProfile.Type(at, type, unit);
  }

  private RawProfile.Counted sample() throws IOException {
    long at = begin();
    long outer = wire.enter();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> wire.numbers(this::frame);
        case 2 -> wire.numbers(this::value);
        case 3 -> label();
        default -> wire.skip();
      }
    }
    wire.leave(outer);
    return new RawProfile.Counted(at, first.takeInts(), second.take(), third.take());
  }

  private void frame(long id) throws IOException {
    budget.number(wire.offset());
    int known = raw.locationIds.size();
    first.add(raw.locationIds.indexOf(id));
    if (raw.locationIds.size() > known) {
      budget.entry(wire.offset());
    }
  }

  private void value(long value) throws IOException {
    budget.number(wire.offset());
    second.add(value);
  }

  private void label() throws IOException {
    begin();
    long key = 0;
    long text = 0;
    long number = 0;
    long unit = 0;
    long outer = wire.enter();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> key = wire.number();
        case 2 -> text = wire.number();
        case 3 -> number = wire.number();
        case 4 -> unit = wire.number();
        default -> wire.skip();
      }
    }
    wire.leave(outer);
    third.add(key);
    third.add(text);
    third.add(number);
    third.add(unit);
  }

  private RawProfile.Binary mapping() throws IOException {
    long at = begin();
    long id = 0;
    long start = 0;
    long limit = 0;
    long mapped = 0;
    long file = 0;
    long buildId = 0;
    long outer = wire.enter();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> id = wire.number();
        case 2 -> start = wire.number();
        case 3 -> limit = wire.number();
        case 4 -> mapped = wire.number();
        case 5 -> file = wire.number();
        case 6 -> buildId = wire.number();
        case 7, 8, 9, 10 -> wire.flag();
        default -> wire.skip();
      }
    }
    wire.leave(outer);
    return new RawProfile.Binary(
        at, raw.mappingIds.indexOf(id), start, limit, mapped, file, buildId);
  }

  private RawProfile.Place location() throws IOException {
    long at = begin();
    long id = 0;
    long mapping = 0;
    long address = 0;
    boolean folded = false;
    long outer = wire.enter();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> id = wire.number();
        case 2 -> mapping = wire.number();
        case 3 -> address = wire.number();
        case 4 -> line();
        case 5 -> folded = wire.flag();
        default -> wire.skip();
      }
    }
    wire.leave(outer);
    return new RawProfile.Place(
        at,
        raw.locationIds.indexOf(id),
        raw.mappingIds.indexOf(mapping),
        address,
        first.take(),
        folded);
  }

  private void line() throws IOException {
    begin();
    long function = 0;
    long line = 0;
    long column = 0;
    long outer = wire.enter();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> function = wire.number();
        case 2 -> line = wire.number();
        case 3 -> column = wire.number();
        default -> wire.skip();
      }
    }
    wire.leave(outer);
    first.add(raw.functionIds.indexOf(function));
    first.add(line);
    first.add(column);
  }

  private RawProfile.Code function() throws IOException {
    long at = begin();
    long id = 0;
    long name = 0;
    long systemName = 0;
    long file = 0;
    long startLine = 0;
    long outer = wire.enter();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> id = wire.number();
        case 2 -> name = wire.number();
        case 3 -> systemName = wire.number();
        case 4 -> file = wire.number();
        case 5 -> startLine = wire.number();
        default -> wire.skip();
      }
    }
    wire.leave(outer);
    return new RawProfile.Code(at, raw.functionIds.indexOf(id), name, systemName, file, startLine);
  }
}
