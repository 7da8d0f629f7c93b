package dev.tidemark.diagnosis.heap;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.diagnosis.pprof.Line;
import dev.tidemark.diagnosis.pprof.Location;
import dev.tidemark.diagnosis.pprof.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hides what a profile wants hidden: a frame that matches, and all that it called, unless nothing
 * of the user's lies above. As pprof's profile/prune.go; an expression that does not compile hides
 * nothing. Not for several threads.
 */
final class DropFrames {
  private static final int LONGEST = 10_000;

  private final @Nullable Pattern drop;
  private final @Nullable Pattern keep;
  private final Map<String, Boolean> hidden = new HashMap<>();
  private final Map<Location, Integer> firstShown = new HashMap<>();

  DropFrames(Profile profile) {
    this.drop = compiled(profile.dropFrames());
    this.keep = drop == null ? null : compiled(profile.keepFrames());
  }

  private static @Nullable Pattern compiled(String expression) {
    if (expression.isEmpty() || expression.length() > LONGEST) {
      return null;
    }
    try {
      return Pattern.compile("^(" + expression + ")$");
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /** Lines of the stack that are shown, the innermost first; a location without lines is null. */
  List<List<Line>> shown(List<Location> stack) {
    List<List<Line>> shown = new ArrayList<>(stack.size());
    boolean user = false;
    int from = 0;
    for (int i = stack.size() - 1; i >= 0; i--) {
      Location location = stack.get(i);
      int first = firstShown(location);
      if (first == 0) {
        user = true;
      } else if (user) {
        from = first == location.lines().size() ? i + 1 : i;
        break;
      }
    }
    for (int i = from; i < stack.size(); i++) {
      List<Line> lines = stack.get(i).lines();
      int first = firstShown(stack.get(i));
      // one that is hidden as a whole stays as it is where no user frame lies above it
      shown.add(first == lines.size() ? lines : lines.subList(first, lines.size()));
    }
    return shown;
  }

  /** 0 when nothing of the location is hidden, the number of its lines when all are. */
  private int firstShown(Location location) {
    if (drop == null) {
      return 0;
    }
    return firstShown.computeIfAbsent(
        location,
        key -> {
          List<Line> lines = key.lines();
          for (int i = lines.size() - 1; i >= 0; i--) {
            String name = lines.get(i).function().name();
            if (!name.isEmpty() && isHidden(name)) {
              return i + 1;
            }
          }
          return 0;
        });
  }

  private boolean isHidden(String name) {
    return hidden.computeIfAbsent(
        name,
        key -> {
          String simple = simplified(key);
          return drop != null && drop.matches(simple) && (keep == null || !keep.matches(simple));
        });
  }

  /** Without the argument list that C++ names carry. */
  private static String simplified(String name) {
    String function = name.startsWith(".") ? name.substring(1) : name;
    for (int at = function.indexOf('('); at >= 0; at = function.indexOf('(', at + 1)) {
      String space = "(anonymous namespace)";
      String call = "operator()";
      if (function.startsWith(space, at)) {
        at += space.length() - 1;
      } else if (at + 2 >= call.length() && function.startsWith(call, at + 2 - call.length())) {
        at++;
      } else {
        return function.substring(0, at);
      }
    }
    return function;
  }
}
