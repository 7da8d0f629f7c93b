package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.pprof.Line;
import dev.tidemark.diagnosis.pprof.Location;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * The counted form as pprof's protobuf. Unlike debug=1 it shows the runtime's own frames, which
 * tell what a goroutine waits for.
 */
final class ProfileDump {
  private ProfileDump() {}

  static GoroutineDump of(Profile profile, Limits limits) throws BadInputException {
    int index = index(profile);
    if (index < 0) {
      String types = String.join(", ", profile.sampleTypes().stream().map(t -> t.type()).toList());
      throw BadInputException.wrongFile("is a pprof profile of " + types, GoroutineDumps.WANTED);
    }
    boolean leaked = profile.sampleTypes().get(index).type().equals("goroutineleak");
    Groups groups = new Groups(limits.maxGroups());
    for (Sample sample : profile.samples()) {
      long count = Math.max(sample.value(index), 0);
      if (count > 0) {
        List<Frame> frames = frames(sample, limits.maxFrames());
        groups.add(count, InferredStates.ofShown(frames), leaked, frames);
      }
    }
    return new GoroutineDump(
        GoroutineDump.Form.COUNTS, groups.goroutines(), groups.isFull(), 0, groups.sorted());
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
