package dev.tidemark.diagnosis.pprof;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the legacy heap text, what Go writes with debug=1. Counts are what the sampler kept; they
 * are scaled by the chance that an allocation of that size was sampled, as pprof's
 * legacy_profile.go does. Functions are taken from the comments that Go adds, which pprof skips.
 */
final class LegacyHeap {
  private static final int LONGEST_LINE = 1 << 20;
  private static final Pattern HEADER =
      Pattern.compile(
          "heap profile: *(\\d++): *(\\d++) *\\[ *(\\d++): *(\\d++) *\\] *@"
              + " *(heap[_a-z0-9]*+|growthz?|fragmentationz?)/?(\\d*+)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(-?+\\d++): *+(-?+\\d++) *+\\[ *+(\\d++): *+(\\d++) *+\\] *+@([ x0-9a-f]*+)");
  private static final Pattern FRAME =
      Pattern.compile("#\\s++0x([0-9a-f]{1,16})\\s++(\\S.*)\\+0x[0-9a-f]++\\s++(\\S.*):(\\d++)");

  /** Go's own frames below an allocation are hidden, but not those that user code runs in. */
  private static final String DROP_FRAMES = "runtime\\..*";

  private static final String KEEP_FRAMES =
      "runtime\\.panic|runtime\\.reflectcall|runtime\\.call[0-9]*";

  private static final List<Line> WITHIN_RUNTIME = named("runtime.<unknown>");
  private static final List<Line> GOEXIT = named("runtime.goexit");

  @SuppressWarnings("ArrayRecordComponent") // never leaves this class, compared nowhere
  private record Counted(long[] values, long blockSize, long[] addresses) {}

  private final ByteSource source;
  private final Budget budget;
  private final List<Counted> samples = new ArrayList<>();
  private final Map<Long, List<Line>> lines = new HashMap<>();
  private final Map<Long, List<Line>> implied = new HashMap<>();
  private Map<Long, List<Line>> block = new LinkedHashMap<>();
  private final Map<Function, Function> functions = new HashMap<>();
  private boolean allocations;
  private boolean scaled;
  private long rate = 1;

  LegacyHeap(ByteSource source, Budget budget) {
    this.source = source;
    this.budget = budget;
  }

  Profile read() throws IOException {
    header(source.line(LONGEST_LINE));
    for (long at = source.offset(); ; at = source.offset()) {
      String line = source.line(LONGEST_LINE);
      if (line == null || isMemoryMap(line)) {
        break;
      }
      String trimmed = line.strip();
      if (trimmed.startsWith("#")) {
        frame(at, trimmed);
      } else if (!trimmed.isEmpty()) {
        endOfBlock();
        samples.add(sample(at, trimmed));
      }
    }
    while (source.hasMore()) { // the memory map: we have the functions' names already
      source.take(1, "the memory map");
    }
    endOfBlock();
    return profile();
  }

  private void header(@Nullable String line) throws IOException {
    Matcher header = HEADER.matcher(line == null ? "" : line);
    if (!header.find()) {
      throw BadInputException.at(
          0,
          "has another first line",
          "\"heap profile: objects: bytes [objects: bytes] @ heap/rate\"");
    }
    String kind = header.group(5);
    scaled = kind.equals("heap") || kind.equals("heap_v2") || kind.equals("heapz_v2");
    if (!scaled && kind.startsWith("heap") && !kind.equals("heapprofile")) {
      throw BadInputException.at(0, "is a profile of " + kind, "one of heap");
    }
    if (scaled) {
      long given = header.group(6).isEmpty() ? 0 : number(0, header.group(6));
      rate = kind.equals("heap") ? given / 2 : given;
    }
    allocations =
        kind.startsWith("heap")
            && (differs(header.group(3), header.group(1))
                || differs(header.group(4), header.group(2)));
  }

  private static boolean differs(String allocated, String inUse) {
    return !allocated.equals(inUse) && !allocated.equals("0");
  }

  private Counted sample(long at, String line) throws IOException {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.lookingAt()) {
      throw BadInputException.at(
          at, "has no sample", "\"objects: bytes [objects: bytes] @ addresses\"");
    }
    budget.entry(at);
    long[] values = new long[allocations ? 4 : 2];
    long blockSize = 0;
    if (allocations) {
      blockSize = count(at, sample.group(3), sample.group(4), values, 0, blockSize);
    }
    blockSize = count(at, sample.group(1), sample.group(2), values, values.length - 2, blockSize);
    return new Counted(values, blockSize, addresses(at, sample.group(5)));
  }

  private long count(long at, String count, String bytes, long[] values, int index, long blockSize)
      throws IOException {
    long objects = number(at, count);
    long size = number(at, bytes);
    if (objects == 0 && size != 0) {
      throw BadInputException.at(at, "has " + size + " bytes of no objects", "objects");
    }
    values[index] = objects;
    values[index + 1] = size;
    if (objects == 0) {
      return blockSize;
    }
    if (scaled && size == 0) {
      values[index] = 0;
    } else if (scaled && rate > 1) {
      double average = (double) size / (double) objects;
      double scale = 1 / (1 - Math.exp(-average / (double) rate));
      values[index] = (long) ((double) objects * scale);
      values[index + 1] = (long) ((double) size * scale);
    }
    return size / objects;
  }

  private long[] addresses(long at, String text) throws IOException {
    Longs addresses = new Longs();
    for (String word : text.strip().split(" +")) {
      if (word.isEmpty()) {
        continue;
      }
      budget.number(at);
      try {
        // return addresses: the call itself lies before
        addresses.add(Long.parseUnsignedLong(word.substring(word.indexOf('x') + 1), 16) - 1);
      } catch (NumberFormatException e) {
        throw BadInputException.at(at, "has the address " + word, "64 bits");
      }
    }
    return addresses.take();
  }

  /** A line below a sample names a frame; inlined calls share their address. */
  private void frame(long at, String line) throws IOException {
    Matcher frame = FRAME.matcher(line);
    if (samples.isEmpty() || !frame.lookingAt()) {
      return;
    }
    long address = Long.parseUnsignedLong(frame.group(1), 16);
    if (!lines.containsKey(address)) {
      budget.entry(at);
      Function named = new Function(frame.group(2), frame.group(2), frame.group(3), 0);
      Function function = functions.computeIfAbsent(named, name -> name);
      block
          .computeIfAbsent(address, key -> new ArrayList<>())
          .add(new Line(function, number(at, frame.group(4)), 0));
    }
  }

  private void endOfBlock() {
    lines.putAll(block);
    if (!block.isEmpty() && !samples.isEmpty()) {
      imply(samples.get(samples.size() - 1).addresses());
    }
    block = new LinkedHashMap<>();
  }

  /**
   * Go comments neither the runtime's functions that an allocation ends in nor the one that all
   * stacks begin with (printStackRecord in runtime/pprof/pprof.go): these names are known, though.
   */
  private void imply(long[] addresses) {
    int first = 0;
    while (first < addresses.length && !block.containsKey(addresses[first])) {
      first++;
    }
    int last = addresses.length - 1;
    while (last > first && !block.containsKey(addresses[last])) {
      last--;
    }
    for (int i = 0; i < addresses.length; i++) {
      if (i < first || i > last) {
        implied.putIfAbsent(addresses[i], i < first ? WITHIN_RUNTIME : GOEXIT);
      }
    }
  }

  private static List<Line> named(String function) {
    return List.of(new Line(new Function(function, function, "", 0), 0, 0));
  }

  private List<Line> lines(long address) {
    List<Line> known = lines.get(address);
    return known == null ? implied.getOrDefault(address, List.of()) : known;
  }

  private Profile profile() {
    Map<Long, Location> locations = new HashMap<>();
    List<Sample> resolved = new ArrayList<>(samples.size());
    for (Counted sample : samples) {
      Location[] stack =
          Arrays.stream(sample.addresses())
              .mapToObj(
                  address ->
                      locations.computeIfAbsent(
                          address, key -> new Location(null, key, lines(key), false)))
              .toArray(Location[]::new);
      Label size = new Label("bytes", null, sample.blockSize(), "");
      resolved.add(new Sample(stack, sample.values(), List.of(size)));
    }
    return new Profile(
        types(),
        "",
        resolved,
        List.of(),
        List.of(),
        "",
        DROP_FRAMES,
        KEEP_FRAMES,
        0,
        0,
        new ValueType("space", "bytes"),
        rate);
  }

  private List<ValueType> types() {
    return allocations
        ? List.of(
            new ValueType("alloc_objects", "count"),
            new ValueType("alloc_space", "bytes"),
            new ValueType("inuse_objects", "count"),
            new ValueType("inuse_space", "bytes"))
        : List.of(new ValueType("objects", "count"), new ValueType("space", "bytes"));
  }

  private static boolean isMemoryMap(String line) {
    return line.contains("--- Memory map: ---") || line.contains("MAPPED_LIBRARIES:");
  }

  private static long number(long at, String digits) throws IOException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw BadInputException.at(at, "has the number " + digits, "64 bits");
    }
  }
}
