package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the dumps of many processes have in common: the groups that are not normal anywhere, and in
 * how many files each is found. The worst first, then what most files share.
 *
 * @param files how many were read
 */
public record FleetReport(int files, long goroutines, List<Shared> shared) {
  /**
   * A group in several files.
   *
   * @param inFiles how many hold it
   * @param most in the file that holds most of it, which is named
   * @param verdict the worst of all files, with its finding and reason
   */
  public record Shared(
      int inFiles,
      long count,
      long most,
      String mostIn,
      @Nullable String state,
      @Nullable Frame blockedAt,
      @Nullable Frame createdBy,
      Verdict verdict,
      String finding,
      String reason) {}

  private record Key(
      @Nullable String state, @Nullable Frame blockedAt, @Nullable Frame createdBy) {}

  private static final class Tally {
    int files;
    long count;
    long most = -1;
    String mostIn = "";
    GoroutineReport.@Nullable Group worst;
  }

  public FleetReport {
    shared = List.copyOf(shared);
  }

  public static FleetReport of(List<GoroutineReport> reports) {
    Map<Key, Tally> tallies = new LinkedHashMap<>();
    for (GoroutineReport report : reports) {
      for (GoroutineReport.Group group : report.groups()) {
        Key key = new Key(group.state(), group.blockedAt(), group.createdBy());
        add(tallies.computeIfAbsent(key, k -> new Tally()), report.file(), group);
      }
    }
    List<Shared> shared = new ArrayList<>();
    tallies.forEach(
        (key, tally) -> {
          GoroutineReport.Group worst = Objects.requireNonNull(tally.worst);
          if (worst.verdict() != Verdict.NORMAL) {
            shared.add(
                new Shared(
                    tally.files,
                    tally.count,
                    tally.most,
                    tally.mostIn,
                    key.state(),
                    key.blockedAt(),
                    key.createdBy(),
                    worst.verdict(),
                    worst.finding(),
                    worst.reason()));
          }
        });
    shared.sort(
        Comparator.comparing(Shared::verdict)
            .thenComparing(Shared::inFiles)
            .thenComparing(Shared::count)
            .reversed());
    long goroutines = reports.stream().mapToLong(GoroutineReport::goroutines).sum();
    return new FleetReport(reports.size(), goroutines, shared);
  }

  private static void add(Tally tally, String file, GoroutineReport.Group group) {
    tally.files++;
    tally.count += group.count();
    if (group.count() > tally.most) {
      tally.most = group.count();
      tally.mostIn = file;
    }
    GoroutineReport.Group worst = tally.worst;
    int worse = worst == null ? 1 : group.verdict().compareTo(worst.verdict());
    if (worst == null || worse > 0 || (worse == 0 && group.count() > worst.count())) {
      tally.worst = group;
    }
  }
}
