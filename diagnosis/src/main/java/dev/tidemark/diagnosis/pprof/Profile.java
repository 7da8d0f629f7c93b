package dev.tidemark.diagnosis.pprof;

import java.util.List;

/**
 * A profile as pprof's profile.proto describes it
 * (https://github.com/google/pprof/blob/main/proto/profile.proto).
 *
 * @param defaultSampleType the type to show when nobody asks for one; empty when not told
 * @param samples each with as many values as there are sample types
 * @param mappings the first is the main binary
 * @param dropFrames frames whose function matches this expression as a whole are hidden, with all
 *     that they called; empty for none
 * @param keepFrames exceptions from dropFrames
 * @param timeNanos when it was taken, since 1970; 0 when not told
 * @param durationNanos over how long it was counted; 0 when not told
 * @param period events between two samples, in the unit of the period type
 */
public record Profile(
    List<ValueType> sampleTypes,
    String defaultSampleType,
    List<Sample> samples,
    List<Mapping> mappings,
    List<String> comments,
    String documentation,
    String dropFrames,
    String keepFrames,
    long timeNanos,
    long durationNanos,
    ValueType periodType,
    long period) {
  public Profile {
    sampleTypes = List.copyOf(sampleTypes);
    samples = List.copyOf(samples);
    mappings = List.copyOf(mappings);
    comments = List.copyOf(comments);
  }

  /**
   * Which value a name means, as {@code go tool pprof -sample_index}: a type, a number, or empty
   * for the profile's own choice, else the last. {@code inuse_space} also finds {@code space}.
   *
   * @return -1 when there is no such type
   */
  public int sampleIndex(String name) {
    if (name.isEmpty()) {
      int chosen = defaultSampleType.isEmpty() ? -1 : indexOf(defaultSampleType);
      return chosen >= 0 ? chosen : sampleTypes.size() - 1;
    }
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int index = name.length() > 9 ? -1 : Integer.parseInt(name);
      return index < sampleTypes.size() ? index : -1;
    }
    String old = name.startsWith("inuse_") ? name.substring("inuse_".length()) : name;
    for (int i = 0; i < sampleTypes.size(); i++) {
      String type = sampleTypes.get(i).type();
      if (type.equals(name) || type.equals(old)) {
        return i;
      }
    }
    return -1;
  }

  /** The same kind of profile in which nothing was counted. */
  public Profile withoutSamples() {
    return new Profile(
        sampleTypes,
        defaultSampleType,
        List.of(),
        mappings,
        comments,
        documentation,
        dropFrames,
        keepFrames,
        0,
        0,
        periodType,
        period);
  }

  private int indexOf(String type) {
    for (int i = 0; i < sampleTypes.size(); i++) {
      if (sampleTypes.get(i).type().equals(type)) {
        return i;
      }
    }
    return -1;
  }
}
