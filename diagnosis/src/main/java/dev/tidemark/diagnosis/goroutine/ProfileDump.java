package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.pprof.Line;
import dev.tidemark.diagnosis.pprof.Location;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The counted form as pprof's protobuf. Unlike debug=1 it shows the runtime's own frames, which
 * tell what a goroutine waits for.
 */
final class ProfileDump {
  /** Where channel operations park, and what calls these. */
  private static final Map<String, String> OPERATIONS =
      Map.of(
          "runtime.chansend", "runtime.chansend1",
          "runtime.chanrecv", "runtime.chanrecv");

  /** Below how many frames of the runtime a channel operation is looked for. */
  private static final int TOP = 5;

  private ProfileDump() {}

  static GoroutineDump of(Profile profile, Limits limits) throws BadInputException {
    int index = index(profile);
    if (index < 0) {
      String types = String.join(", ", profile.sampleTypes().stream().map(t -> t.type()).toList());
      throw BadInputException.wrongFile("is a pprof profile of " + types, GoroutineDumps.WANTED);
    }
    boolean leaked = profile.sampleTypes().get(index).type().equals("goroutineleak");
    Groups groups = new Groups(limits.maxGroups());
    Entries entries =
        Entries.ofReturns(
            profile.samples().stream()
                .flatMap(sample -> sample.stack().stream())
                .mapToLong(Location::address)
                .filter(address -> address != 0));
    for (Sample sample : profile.samples()) {
      long count = Math.max(sample.value(index), 0);
      if (count > 0) {
        List<Frame> frames = frames(sample, limits.maxFrames());
        String state = InferredStates.ofShown(frames);
        boolean nil = state != null && isNil(sample.stack(), entries);
        groups.add(count, nil ? state + " (nil chan)" : state, leaked, frames);
      }
    }
    return new GoroutineDump(
        GoroutineDump.Form.COUNTS, groups.goroutines(), groups.isFull(), 0, groups.sorted());
  }

  /** Whether a channel operation parked as soon as it had begun. */
  private static boolean isNil(List<Location> stack, Entries entries) {
    for (int i = 0; i + 1 < Math.min(stack.size(), TOP); i++) {
      String entry = OPERATIONS.get(function(stack.get(i)));
      if (entry != null && function(stack.get(i + 1)).startsWith(entry)) {
        return entries.isNil(stack.get(i).address(), stack.get(i + 1).address());
      }
    }
    return false;
  }

  /** The function of a place where nothing was inlined. */
  private static String function(Location location) {
    return location.lines().size() == 1 ? location.lines().get(0).function().name() : "";
  }

  private static int index(Profile profile) {
    for (int i = 0; i < profile.sampleTypes().size(); i++) {
      if (List.of("goroutine", "goroutines", "goroutineleak")
          .contains(profile.sampleTypes().get(i).type())) {
        return i;
      }
    }
    return -1;
  }

  private static List<Frame> frames(Sample sample, int most) {
    List<Frame> frames = new ArrayList<>();
    for (Location location : sample.stack()) {
      for (Line line : location.lines()) {
        if (frames.size() < most) {
          String file = line.function().file();
          long number = line.line();
          boolean known = number > 0 && number <= Integer.MAX_VALUE;
          frames.add(
              new Frame(
                  line.function().name(),
                  file.isEmpty() ? null : file,
                  known ? (Integer) (int) number : null));
        }
      }
    }
    return frames;
  }
}
