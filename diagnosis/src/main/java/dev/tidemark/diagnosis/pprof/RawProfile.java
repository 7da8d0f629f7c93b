package dev.tidemark.diagnosis.pprof;

import java.util.ArrayList;
import java.util.List;

/**
 * A profile as it stands in the file: strings are indexes into a table that may come last, the ids
 * of locations, functions and mappings are numbered by {@link Ids}.
 */
@SuppressWarnings("ArrayRecordComponent") // read once and compared nowhere
final class RawProfile {
  record Type(long offset, long type, long unit) {}

  /** Labels: key, text, number, unit of each. */
  record Counted(long offset, int[] stack, long[] values, long[] labels) {}

  record Binary(
      long offset, int id, long start, long limit, long mapped, long file, long buildId) {}

  /** Lines: index of the function, line, column of each. */
  record Place(long offset, int id, int mapping, long address, long[] lines, boolean folded) {}

  record Code(long offset, int id, long name, long systemName, long file, long startLine) {}

  final List<Type> types = new ArrayList<>();
  final List<Counted> samples = new ArrayList<>();
  final List<Binary> mappings = new ArrayList<>();
  final List<Place> locations = new ArrayList<>();
  final List<Code> functions = new ArrayList<>();
  final List<String> strings = new ArrayList<>();
  final Ids mappingIds = new Ids();
  final Ids locationIds = new Ids();
  final Ids functionIds = new Ids();
  final Longs comments = new Longs();
  Type periodType = new Type(0, 0, 0);
  long dropFrames;
  long keepFrames;
  long timeNanos;
  long durationNanos;
  long period;
  long defaultSampleType;
  long documentation;
}
