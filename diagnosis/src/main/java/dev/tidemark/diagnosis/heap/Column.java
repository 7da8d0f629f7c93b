package dev.tidemark.diagnosis.heap;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.Sample;
import dev.tidemark.diagnosis.pprof.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type of value that both profiles have, and where. Where their units differ, values are brought
 * to the finer one, rounded as pprof does.
 */
record Column(ValueType type, int target, int base, double targetRatio, double baseRatio) {

  /** What both have, in the order of the target. */
  static List<Column> common(Profile base, Profile target) throws BadInputException {
    List<Column> common = new ArrayList<>();
    for (int i = 0; i < target.sampleTypes().size(); i++) {
      ValueType type = target.sampleTypes().get(i);
      int there = only(base, type.type());
      if (there < 0 || only(target, type.type()) < 0) {
        continue;
      }
      String unit = base.sampleTypes().get(there).unit();
      double ratio = Units.ratio(unit, type.unit());
      if (Double.isNaN(ratio)) {
        throw BadInputException.wrongFile(
            "counts %s in %s".formatted(type.type(), type.unit()), "the base's " + unit);
      }
      common.add(
          ratio < 1
              ? new Column(new ValueType(type.type(), unit), i, there, 1 / ratio, 1)
              : new Column(type, i, there, 1, ratio));
    }
    if (common.isEmpty()) {
      throw BadInputException.wrongFile(
          "has the types " + names(target), "one that the base has: " + names(base));
    }
    return common;
  }

  /**
   * The column a name means: as {@code -sample_index} of pprof; when it is empty {@code
   * inuse_space}, else what the profile itself shows first.
   */
  static Column chosen(List<Column> common, String name, Profile target) throws BadInputException {
    Profile shared = withTypes(target, common.stream().map(Column::type).toList());
    int index = shared.sampleIndex(name.isEmpty() ? "inuse_space" : name);
    if (index < 0 && name.isEmpty()) {
      index = shared.sampleIndex("");
    }
    if (index < 0) {
      throw BadInputException.wrongFile("has no sample type " + name, "one of " + names(shared));
    }
    return common.get(index);
  }

  /** The column that counts the objects of this one's bytes; itself where it counts objects. */
  @Nullable Column objects(List<Column> common) {
    if (countsObjects()) {
      return this;
    }
    String name = type.type().replace("space", "objects").replace("size", "allocations");
    return common.stream()
        .filter(column -> column.type().type().equals(name) && !column.equals(this))
        .findFirst()
        .orElse(null);
  }

  /** The column of the bytes of this one's objects; itself where it counts bytes. */
  @Nullable Column space(List<Column> common) {
    if (Units.isBytes(type.unit())) {
      return this;
    }
    String name = type.type().replace("objects", "space");
    return common.stream()
        .filter(column -> countsObjects() && column.type().type().equals(name))
        .filter(column -> Units.isBytes(column.type().unit()))
        .findFirst()
        .orElse(null);
  }

  private boolean countsObjects() {
    return type.type().endsWith("objects") && !Units.isBytes(type.unit());
  }

  long of(Sample sample, boolean isTarget) {
    double ratio = isTarget ? targetRatio : baseRatio;
    long value = sample.value(isTarget ? target : base);
    if (isTarget && ratio == 1) {
      return value;
    }
    double scaled = Math.abs((double) value) * ratio; // the base is always scaled, by -1
    double whole = Math.floor(scaled);
    long rounded = (long) (scaled - whole >= 0.5 ? whole + 1 : whole);
    return value < 0 ? -rounded : rounded;
  }

  private static int only(Profile profile, String type) {
    int found = -1;
    for (int i = 0; i < profile.sampleTypes().size(); i++) {
      if (profile.sampleTypes().get(i).type().equals(type)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private static Profile withTypes(Profile of, List<ValueType> types) {
    return new Profile(
        types,
        of.defaultSampleType(),
        List.of(),
        List.of(),
        List.of(),
        "",
        "",
        "",
        0,
        0,
        of.periodType(),
        0);
  }

  private static String names(Profile profile) {
    return String.join(
        ", ", profile.sampleTypes().stream().limit(20).map(ValueType::type).toList());
  }
}
