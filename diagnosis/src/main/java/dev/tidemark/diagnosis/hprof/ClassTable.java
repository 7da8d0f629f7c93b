package dev.tidemark.diagnosis.hprof;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects classes and counts their objects: the first pass over a dump. */
final class ClassTable implements HprofSink {
  /** Strings are names of classes, fields and methods: a large program has a million. */
  private static final int MOST_STRINGS = 5_000_000;

  private static final int MOST_CLASSES = 2_000_000;

  /** Deeper than any compiler makes them; a dump may claim a cycle. */
  private static final int DEEPEST = 500;

  /** Objects of one class and their bytes: fields and elements as the dump holds them. */
  static final class Count {
    private long objects;
    private long bytes;

    long objects() {
      return objects;
    }

    long bytes() {
      return bytes;
    }

    void add(long size) {
      objects++;
      bytes += size;
    }
  }

  private final HprofReader reader;
  private final Map<Long, String> strings = new HashMap<>();
  private final Map<Long, Long> nameIds = new HashMap<>();
  private final Map<Long, ClassShape> shapes = new HashMap<>();
  private final Map<Long, Count> counts = new HashMap<>();
  private final Count[] primitives = new Count[12];
  private long objects;
  private long references;

  ClassTable(HprofReader reader) {
    this.reader = reader;
  }

  @Override
  public void string(long id, String text) throws IOException {
    bounded(strings.size(), MOST_STRINGS, "strings");
    strings.put(id, text);
  }

  @Override
  public void loadClass(long id, long nameId) throws IOException {
    bounded(nameIds.size(), MOST_CLASSES, "classes");
    nameIds.put(id, nameId);
  }

  @Override
  public void classDump(ClassShape shape) throws IOException {
    bounded(shapes.size(), MOST_CLASSES, "classes");
    shapes.put(shape.id(), shape);
    objects++;
    references += shape.statics().length / 2;
  }

  @Override
  public void instance(long id, long classId, byte[] fields, int length) {
    count(classId).add(length);
    objects++;
    references += length / reader.idSize(); // at most
  }

  @Override
  public void objectArray(long id, long classId, int length) {
    count(classId).add((long) length * reader.idSize());
    objects++;
    references += length;
  }

  @Override
  public void primitiveArray(long id, int type, int length) {
    Count count = primitives[type];
    if (count == null) {
      count = new Count();
      primitives[type] = count;
    }
    count.add((long) length * HprofReader.size(type, reader.idSize()));
    objects++;
  }

  private Count count(long classId) {
    return counts.computeIfAbsent(classId, key -> new Count());
  }

  private static void bounded(int size, int most, String what) throws IOException {
    if (size >= most) {
      throw BadInputException.wrongFile("has more than " + most + " " + what, "fewer");
    }
  }

  /** Counts by name, classes of several loaders together. */
  Map<String, Count> histogram() {
    Map<String, Count> histogram = new TreeMap<>();
    counts.forEach((id, count) -> add(histogram, name(id), count));
    for (int type = 0; type < primitives.length; type++) {
      Count count = primitives[type];
      if (count != null) {
        add(histogram, ClassNames.primitiveArray(type), count);
      }
    }
    return histogram;
  }

  private static void add(Map<String, Count> histogram, String name, Count count) {
    Count sum = histogram.computeIfAbsent(name, key -> new Count());
    sum.objects += count.objects;
    sum.bytes += count.bytes;
  }

  String name(long classId) {
    Long nameId = nameIds.get(classId);
    String name = nameId == null ? null : strings.get(nameId);
    return name == null ? "class 0x" + Long.toHexString(classId) : ClassNames.of(name);
  }

  String text(long stringId) {
    return strings.getOrDefault(stringId, "?");
  }

  @Nullable ClassShape shape(long classId) {
    return shapes.get(classId);
  }

  long objects() {
    return objects;
  }

  long references() {
    return references;
  }

  /** Takes the references of an object, with the names of their fields. */
  interface References {
    void accept(long nameId, long to) throws IOException;
  }

  /** Goes through the references among an object's fields, also those of its parents. */
  void references(long classId, byte[] fields, int length, References taking) throws IOException {
    int at = 0;
    ClassShape shape = shapes.get(classId);
    for (int depth = 0; shape != null && depth < DEEPEST; depth++) {
      for (int i = 0; i < shape.types().length; i++) {
        int size = HprofReader.size(shape.types()[i], reader.idSize());
        if (at + size > length) {
          return;
        }
        if (shape.types()[i] == HprofReader.OBJECT) {
          taking.accept(shape.names()[i], id(fields, at, size));
        }
        at += size;
      }
      shape = shape.parent() == 0 ? null : shapes.get(shape.parent());
    }
  }

  private static long id(byte[] bytes, int from, int size) {
    long id = 0;
    for (int i = 0; i < size; i++) {
      id = id << 8 | (bytes[from + i] & 0xff);
    }
    return id;
  }
}
