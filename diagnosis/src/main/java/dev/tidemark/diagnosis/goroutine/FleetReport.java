package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the dumps of many processes have in common: the groups that are not normal anywhere, and in
 * how many files each is found. The worst first, then what most files share.
 *
 * @param files how many were read
 * @param unread those that could not be
 */
public record FleetReport(int files, long goroutines, List<Unread> unread, List<Shared> shared) {
  /** A file that holds no dump, and what is wrong with it. */
  public record Unread(String file, String reason) {}

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

  /** Of locks and WaitGroups in stacks of Go 1.19 and older. */
  private static final String SEMAPHORE = "semacquire";

  private static boolean isSemaphore(@Nullable String state) {
    return SEMAPHORE.equals(state)
        || (state != null && state.startsWith("sync.") && !state.startsWith("sync.Cond"));
  }

  /**
   * Who started goroutines is no part of it where they are blocked in code of the program's own:
   * counted dumps do not tell it, and are of the same place nevertheless.
   */
  private record Key(@Nullable String state, @Nullable Frame blockedAt, @Nullable Frame createdBy) {
    static Key of(GoroutineReport.Group group, boolean byCreator) {
      boolean told = byCreator || group.blockedAt() == null;
      String state = isSemaphore(group.state()) ? SEMAPHORE : group.state();
      return new Key(state, group.blockedAt(), told ? group.createdBy() : null);
    }
  }

  private static final class Tally {
    int files;
    long count;
    long most;
    String mostIn = "";
    int last = -1;
    long inLast;
    GoroutineReport.@Nullable Group worst;
    @Nullable String state;
    final Set<Frame> creators = new HashSet<>();
  }

  public FleetReport {
    unread = List.copyOf(unread);
    shared = List.copyOf(shared);
  }

  public static FleetReport of(List<GoroutineReport> reports, List<Unread> unread) {
    boolean byCreator = reports.stream().allMatch(FleetReport::tellsCreators);
    Map<Key, Tally> tallies = new LinkedHashMap<>();
    for (int i = 0; i < reports.size(); i++) {
      GoroutineReport report = reports.get(i);
      for (GoroutineReport.Group group : report.groups()) {
        Key key = Key.of(group, byCreator);
        add(tallies.computeIfAbsent(key, k -> new Tally()), i, report.file(), group);
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
                    tally.state,
                    key.blockedAt(),
                    tally.creators.size() == 1 ? tally.creators.iterator().next() : null,
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
    return new FleetReport(reports.size(), goroutines, unread, shared);
  }

  /** Whether it is of a form that says who started goroutines, or nobody can tell. */
  private static boolean tellsCreators(GoroutineReport report) {
    return report.groups().isEmpty()
        || report.groups().stream().anyMatch(group -> group.createdBy() != null);
  }

  /** A file may hold several groups that others do not tell apart. */
  private static void add(Tally tally, int number, String file, GoroutineReport.Group group) {
    if (tally.last != number) {
      tally.last = number;
      tally.inLast = 0;
      tally.files++;
    }
    if (tally.state == null || tally.state.equals(SEMAPHORE)) {
      tally.state = group.state(); // that of newer releases says more
    }
    tally.count += group.count();
    tally.inLast += group.count();
    if (tally.inLast > tally.most) {
      tally.most = tally.inLast;
      tally.mostIn = file;
    }
    Frame creator = group.createdBy();
    if (creator != null) {
      tally.creators.add(creator);
    }
    GoroutineReport.Group worst = tally.worst;
    int worse = worst == null ? 1 : group.verdict().compareTo(worst.verdict());
    if (worst == null || worse > 0 || (worse == 0 && group.count() > worst.count())) {
      tally.worst = group;
    }
  }
}
