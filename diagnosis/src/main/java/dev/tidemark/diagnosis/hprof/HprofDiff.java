package dev.tidemark.diagnosis.hprof;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Quantity;
import dev.tidemark.diagnosis.input.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two heap dumps of a JVM. */
public final class HprofDiff {
  /** Classes for which paths are looked for. */
  private static final int TRACED = 10;

  private static final double LARGE_SHARE = 0.1;

  private HprofDiff() {}

  /**
   * Compares; each is read once, and again for each step of finding paths.
   *
   * @param threshold objects that a class must have gained to be looked at
   * @throws BadInputException when one is no heap dump, or damaged
   */
  public static HprofReport report(
      String baseName, HprofSource base, String targetName, HprofSource target, long threshold)
      throws IOException {
    Counted before = counted(base);
    Counted after = counted(target);
    List<HprofReport.ClassGrowth> growth = growth(before, after, threshold);
    List<String> traced =
        growth.stream()
            .filter(grown -> grown.objects().delta() >= threshold)
            .limit(TRACED)
            .map(HprofReport.ClassGrowth::name)
            .toList();
    long memory = Math.max(ObjectGraph.memory(before.table()), ObjectGraph.memory(after.table()));
    String leftOut = null;
    List<HprofReport.HeldBy> paths = List.of();
    if (memory > Runtime.getRuntime().maxMemory() * 0.8) {
      leftOut = "paths need " + Quantity.bytes(memory) + " of heap: give the JVM more (-Xmx)";
    } else if (!traced.isEmpty()) {
      Map<Long, Long> then =
          HeldPaths.counts(ObjectGraph.of(base, before.table()), Set.copyOf(traced));
      paths = new HeldPaths(ObjectGraph.of(target, after.table()), target).of(traced, then);
    }
    return new HprofReport(
        baseName,
        targetName,
        before.endsAt(),
        after.endsAt(),
        totals(before, after, true),
        totals(before, after, false),
        growth,
        paths,
        leftOut);
  }

  private record Counted(
      ClassTable table, Map<String, ClassTable.Count> histogram, @Nullable Long endsAt) {}

  private static Counted counted(HprofSource source) throws IOException {
    try (InputStream in = source.open()) {
      HprofReader reader = new HprofReader(in);
      ClassTable table = new ClassTable(reader);
      Long endsAt = reader.read(table) ? Long.valueOf(reader.offset()) : null;
      Map<String, ClassTable.Count> histogram = table.histogram();
      if (histogram.values().stream().allMatch(count -> count.objects() == 0)) {
        throw BadInputException.at(
            reader.offset(), "ends without an object", "a dump that was written to its end");
      }
      return new Counted(table, histogram, endsAt);
    }
  }

  private static List<HprofReport.ClassGrowth> growth(
      Counted before, Counted after, long threshold) {
    TreeSet<String> names = new TreeSet<>(before.histogram().keySet());
    names.addAll(after.histogram().keySet());
    HprofReport.Totals whole = totals(before, after, false);
    List<HprofReport.ClassGrowth> growth = new ArrayList<>();
    for (String name : names) {
      ClassTable.Count then = before.histogram().getOrDefault(name, new ClassTable.Count());
      ClassTable.Count now = after.histogram().getOrDefault(name, new ClassTable.Count());
      HprofReport.Totals objects = new HprofReport.Totals(then.objects(), now.objects());
      HprofReport.Totals bytes = new HprofReport.Totals(then.bytes(), now.bytes());
      if (objects.delta() != 0 || bytes.delta() != 0) {
        growth.add(
            new HprofReport.ClassGrowth(
                name, objects, bytes, finding(objects, bytes, whole, threshold)));
      }
    }
    growth.sort(
        Comparator.comparingLong((HprofReport.ClassGrowth g) -> g.bytes().delta())
            .thenComparingLong(g -> g.objects().delta())
            .reversed()
            .thenComparing(HprofReport.ClassGrowth::name));
    return growth;
  }

  private static Finding finding(
      HprofReport.Totals objects,
      HprofReport.Totals bytes,
      HprofReport.Totals whole,
      long threshold) {
    if (objects.delta() < threshold) {
      return Finding.normal(
          "heap-normal", "gained less than " + Quantity.count(threshold) + " objects");
    }
    String gained =
        "gained %s objects of %s: from %s to %s"
            .formatted(
                Quantity.count(objects.delta()),
                Quantity.bytes(bytes.delta()),
                Quantity.count(objects.base()),
                Quantity.count(objects.target()));
    boolean doubled = objects.target() >= 2 * objects.base();
    boolean large = bytes.delta() >= LARGE_SHARE * Math.max(0, whole.delta());
    return doubled && large && whole.delta() > 0
        ? Finding.leak("heap-class-growth", gained)
        : Finding.suspect("heap-class-growth", gained);
  }

  private static HprofReport.Totals totals(Counted before, Counted after, boolean objects) {
    return new HprofReport.Totals(sum(before, objects), sum(after, objects));
  }

  private static long sum(Counted counted, boolean objects) {
    return counted.histogram().values().stream()
        .mapToLong(count -> objects ? count.objects() : count.bytes())
        .sum();
  }
}
