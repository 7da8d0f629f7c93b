package dev.tidemark.diagnosis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes profiles as Go does: one location a frame, the string table near the end. */
public final class ProfileBytes {
  private final ProtoBytes types = new ProtoBytes();
  private final ProtoBytes samples = new ProtoBytes();
  private final ProtoBytes locations = new ProtoBytes();
  private final ProtoBytes functions = new ProtoBytes();
  private final ProtoBytes rest = new ProtoBytes();
  private final List<String> strings = new ArrayList<>(List.of(""));
  private final Map<String, Long> known = new HashMap<>();
  private final Map<String, Long> frames = new HashMap<>();
  private final Map<String, Long> addresses = new HashMap<>();

  public static ProfileBytes heap() {
    return new ProfileBytes()
        .type("alloc_objects", "count")
        .type("alloc_space", "bytes")
        .type("inuse_objects", "count")
        .type("inuse_space", "bytes");
  }

  public ProfileBytes type(String type, String unit) {
    types.message(1, new ProtoBytes().number(1, string(type)).number(2, string(unit)));
    return this;
  }

  /**
   * Frames, innermost first, as {@code function file:line}; {@code a b:1 < c d:2} inlines a in c.
   */
  public ProfileBytes sample(List<String> stack, long... values) {
    long[] ids = stack.stream().mapToLong(this::location).toArray();
    samples.message(2, new ProtoBytes().packed(1, ids).packed(2, values));
    return this;
  }

  /** The address of a frame, told before the samples that have it. */
  public ProfileBytes at(String frame, long address) {
    addresses.put(frame, address);
    return this;
  }

  public ProfileBytes time(long nanos) {
    rest.number(9, nanos);
    return this;
  }

  public ProfileBytes dropFrames(String expression) {
    rest.number(7, string(expression));
    return this;
  }

  public ProfileBytes periodType(String type, String unit) {
    rest.message(11, new ProtoBytes().number(1, string(type)).number(2, string(unit)));
    return this;
  }

  public ProfileBytes field(int field, long value) {
    rest.number(field, value);
    return this;
  }

  public byte[] toBytes() {
    ProtoBytes all = new ProtoBytes();
    for (ProtoBytes part : List.of(types, samples, locations, functions)) {
      for (byte b : part.toBytes()) {
        all.raw(b);
      }
    }
    strings.forEach(string -> all.text(6, string));
    for (byte b : rest.toBytes()) {
      all.raw(b);
    }
    return all.toBytes();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public long string(String text) {
    int index = strings.indexOf(text);
    if (index < 0) {
      strings.add(text);
      return strings.size() - 1L;
    }
    return index;
  }

  private long location(String frame) {
    Long there = frames.get(frame);
    if (there != null) {
      return there;
    }
    long id = frames.size() + 1L;
    frames.put(frame, id);
    long address = addresses.getOrDefault(frame, 0x400000 + id);
    ProtoBytes location = new ProtoBytes().number(1, id).number(3, address);
    for (String line : frame.split(" < ")) {
      int space = line.indexOf(' ');
      int colon = line.lastIndexOf(':');
      location.message(
          4,
          new ProtoBytes()
              .number(1, function(line.substring(0, space), line.substring(space + 1, colon)))
              .number(2, Long.parseLong(line.substring(colon + 1))));
    }
    locations.message(4, location);
    return id;
  }

  private long function(String name, String file) {
    return known.computeIfAbsent(
        name + ' ' + file,
        key -> {
          long id = known.size() + 1L;
          functions.message(
              5,
              new ProtoBytes()
                  .number(1, id)
                  .number(2, string(name))
                  .number(3, string(name))
                  .number(4, string(file)));
          return id;
        });
  }
}
