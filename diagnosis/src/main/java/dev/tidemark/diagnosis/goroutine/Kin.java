package dev.tidemark.diagnosis.goroutine;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Names under which functions belong together: the function a closure was written in, and the type
 * a method belongs to. Goroutines that share one may know the same channels and locks.
 */
final class Kin {
  /** Frames of a stack that are looked at. */
  private static final int FRAMES = 12;

  /** What functions written within main.main have in common. */
  static final String OF_MAIN = "main.main.func";

  private Kin() {}

  /** Of all functions outside the standard library that a group has on its stack or began with. */
  static Set<String> of(StackGroup group) {
    Set<String> names = new LinkedHashSet<>();
    group.stack().stream()
        .filter(frame -> !StandardLibrary.holds(frame))
        .limit(FRAMES)
        .forEach(frame -> add(names, frame));
    Frame by = group.createdBy();
    if (by != null && !StandardLibrary.holds(by)) {
      add(names, by);
    }
    if (group.calls(Functions.SERVE)) {
      names.remove(OF_MAIN); // handlers that are written within main serve requests of their own
    }
    return names;
  }

  /** Only of the function that a group is blocked in, and of who started it. */
  static Set<String> near(StackGroup group) {
    Set<String> names = atPlace(group);
    Frame by = group.createdBy();
    if (by != null && !StandardLibrary.holds(by)) {
      add(names, by);
    }
    return names;
  }

  /** Only of the function that a group is blocked in. */
  static Set<String> atPlace(StackGroup group) {
    Set<String> names = new LinkedHashSet<>();
    Frame at = group.blockedAt();
    if (at != null) {
      add(names, at);
    }
    return names;
  }

  /** Whether the outermost function of a group that is not of the standard library is a method. */
  static boolean isOfMethods(StackGroup group) {
    String begin = written(begin(group));
    return begin.indexOf(").", Math.max(begin.lastIndexOf('/'), 0)) > 0;
  }

  /** Whether a group began with a closure, which knows what its function knew. */
  static boolean isClosure(StackGroup group) {
    String begin = begin(group);
    return !begin.equals(written(begin));
  }

  /** Whether a group began with a closure that was written in a function. */
  static boolean beganWithin(StackGroup group, String function) {
    return isClosure(group) && written(begin(group)).equals(function);
  }

  /** Whether two groups began with one function that is not of the standard library. */
  static boolean beginAlike(StackGroup a, StackGroup b) {
    return begin(a).equals(begin(b));
  }

  /** The packages, not of the standard library, whose functions are on a stack. */
  static Set<String> packages(StackGroup group) {
    Set<String> packages = new HashSet<>(4);
    int frames = 0;
    for (Frame frame : group.stack()) {
      if (frames < FRAMES && !StandardLibrary.holds(frame)) {
        packages.add(frame.packagePath());
        frames++;
      }
    }
    return packages;
  }

  /** Whether two groups are blocked in methods of one type. */
  static boolean isOfOneType(StackGroup a, StackGroup b) {
    String type = type(a);
    return !type.isEmpty() && type.equals(type(b));
  }

  /** The type whose method a group is blocked in; empty for a function. */
  static String type(StackGroup group) {
    Frame at = group.blockedAt();
    String name = at == null ? "" : written(at.function());
    int end = name.indexOf(").", Math.max(name.lastIndexOf('/'), 0));
    return end < 0 ? "" : name.substring(0, end + 1);
  }

  private static String begin(StackGroup group) {
    String outermost = "";
    for (Frame frame : group.stack()) {
      if (!StandardLibrary.holds(frame)) {
        outermost = frame.function();
      }
    }
    return outermost;
  }

  private static void add(Set<String> names, Frame frame) {
    String name = written(frame.function());
    if (name.equals(
        "main.main")) { // of a program everything began there, not all shares its locals
      if (!frame.function().equals(name)) {
        names.add(OF_MAIN);
      }
      return;
    }
    names.add(name);
    int type = name.indexOf(").", Math.max(name.lastIndexOf('/'), 0));
    if (type > 0) {
      names.add(name.substring(0, type + 1));
    }
  }

  /** The declared function: {@code main.serve} of {@code main.serve.func2.1}. */
  static String written(String function) {
    int from = function.lastIndexOf('/') + 1;
    int end = function.length();
    for (String mark : new String[] {".func", ".gowrap", ".deferwrap", "\u00b7"}) {
      int at = function.indexOf(mark, from);
      boolean counted = at > 0 && at + mark.length() < function.length();
      if (counted && Character.isDigit(function.charAt(at + mark.length()))) {
        end = Math.min(end, at);
      }
    }
    String name = function.substring(0, end);
    return name.endsWith("-fm") ? name.substring(0, name.length() - 3) : name;
  }
}
