package dev.tidemark.exporter.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Three accounts of one memory side by side, and what makes their difference: what the container is
 * charged for, what the process has resident, what Go holds. Bytes; NaN where nobody tells.
 * cAdvisor takes its figures from cgroup v1 (usage_in_bytes, total_rss, total_cache) and v2
 * (memory.current, anon, file) alike.
 *
 * @param atMillis when, for figures of different moments make no account
 * @param workingSet what is charged less inactive page cache
 * @param resident of the process, mapped files included
 * @param go what Go holds of the kernel, touched or not
 * @param anonymous of the container, without a file behind it
 * @param cache page cache that the working set counts, mapped files included
 * @param mapped the part of all page cache that is mapped
 * @param kernel slab, page tables, kernel stacks, socket buffers
 */
public record MemoryAccount(
    long atMillis,
    double workingSet,
    double resident,
    double go,
    double anonymous,
    double cache,
    double mapped,
    double kernel) {
  /** Nobody tells. */
  public static final MemoryAccount NONE =
      new MemoryAccount(
          0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Below this a part is not worth a word. */
  private static final double WORTH_A_WORD = 1 << 20;

  private record Part(String words, double bytes) {}

  static MemoryAccount of(long atMillis, Vitals vitals) {
    double set = vitals.value(Ids.WORKING_SET);
    double usage = vitals.value(Ids.USAGE);
    double anonymous = vitals.value(Ids.ANON);
    double all = vitals.value(Ids.CACHE);
    double accounted = vitals.value(Ids.KERNEL);
    MemoryAccount found =
        new MemoryAccount(
            atMillis,
            set,
            vitals.value(Ids.RSS),
            vitals.value(Ids.GO_HELD),
            anonymous,
            notNegative(all - notNegative(usage - set)),
            vitals.value(Ids.MAPPED),
            Double.isNaN(accounted) ? notNegative(usage - anonymous - all) : accounted);
    return found.isKnown() ? found : NONE;
  }

  /** Whoever tells them has not counted at one moment. NaN stays. */
  private static double notNegative(double bytes) {
    return bytes < 0 ? 0 : bytes;
  }

  /** Whether there is Go's own account and one to hold it against. */
  public boolean isKnown() {
    return !Double.isNaN(go) && !Double.isNaN(whole());
  }

  private double whole() {
    return Double.isNaN(workingSet) ? resident : workingSet;
  }

  /** Bytes that are not Go's; negative where Go holds what it has not touched. */
  public double gap() {
    return whole() - go;
  }

  /** C memory and mmap; without the container's account mapped files too. NaN where not known. */
  public double outsideGo() {
    return (Double.isNaN(anonymous) ? resident : anonymous) - go;
  }

  /** The difference and its causes, the largest first. */
  public String inWords() {
    if (!isKnown()) {
      return "not known: Go's own account of its memory, or one to hold it against; both are looked"
          + " up every 40th interval";
    }
    List<String> accounts = new ArrayList<>();
    say(accounts, "the container's working set is ", workingSet);
    say(accounts, "the process has resident ", resident);
    say(accounts, "Go holds ", go);
    String all = String.join(", ", accounts);
    double gap = gap();
    if (Math.abs(gap) < WORTH_A_WORD) {
      return all + ": no gap";
    }
    if (gap < 0) {
      return all + ": " + Amounts.bytes(-gap) + " of Go's are not touched yet, or swapped out";
    }
    String causes = causes();
    return all
        + ": "
        + Amounts.bytes(gap)
        + " are not Go's"
        + (causes.isEmpty() ? ", of what kind is not known" : " (" + causes + ")");
  }

  private String causes() {
    List<Part> parts = new ArrayList<>();
    boolean container = !Double.isNaN(anonymous);
    parts.add(
        new Part(container ? "C memory, mmap" : "C memory, mmap or mapped files", outsideGo()));
    double files = Double.isNaN(mapped) ? 0 : Math.min(mapped, cache);
    parts.add(new Part("page cache", cache - files));
    parts.add(new Part("mapped files", files));
    parts.add(new Part("kernel memory", kernel));
    List<String> words = new ArrayList<>();
    parts.stream()
        .filter(part -> part.bytes >= WORTH_A_WORD)
        .sorted(Comparator.comparingDouble(Part::bytes).reversed())
        .forEach(part -> words.add(part.words + ": " + Amounts.bytes(part.bytes)));
    return String.join("; ", words);
  }

  private static void say(List<String> words, String what, double bytes) {
    if (!Double.isNaN(bytes)) {
      words.add(what + Amounts.bytes(bytes));
    }
  }
}
