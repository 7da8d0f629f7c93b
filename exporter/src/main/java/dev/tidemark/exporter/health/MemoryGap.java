package dev.tidemark.exporter.health;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the memory of a container is: what Go holds, what the process holds beside it, the page
 * cache. The names are cAdvisor's, which takes them from cgroup v1 (total_rss, total_cache) and v2
 * (anon, file) alike; kernel memory is charged on v2 always, on v1 only where that is accounted.
 *
 * @param inGo bytes that Go holds of the kernel, heap, stacks and its own
 * @param outsideGo bytes without a file that are not Go's: C, mmap
 * @param cache bytes of page cache
 * @param mapped the part of the cache that is mapped
 */
record MemoryGap(double inGo, double outsideGo, double cache, double mapped) {
  static final MemoryGap NONE = new MemoryGap(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Below this a part is not worth a word. */
  private static final double WORTH_A_WORD = 1 << 20;

  /** Without the container's account, by what the process has resident, files it maps included. */
  static MemoryGap of(Vitals vitals) {
    double go = vitals.value(Ids.GO_HELD);
    double anonymous = vitals.value(Ids.ANON);
    double process = Double.isNaN(anonymous) ? vitals.value(Ids.RSS) : anonymous;
    return new MemoryGap(go, process - go, vitals.value(Ids.CACHE), vitals.value(Ids.MAPPED));
  }

  /** Whether Go's own account and one of the whole are there. */
  boolean isKnown() {
    return !Double.isNaN(outsideGo);
  }

  MemoryGap since(MemoryGap before) {
    return new MemoryGap(
        inGo - before.inGo,
        outsideGo - before.outsideGo,
        cache - before.cache,
        mapped - before.mapped);
  }

  /** What has changed by how much, the largest first. */
  String inWords() {
    List<String> words = new ArrayList<>();
    if (outsideGo >= Math.max(inGo, 0)) {
      say(words, "memory outside Go (C, mmap)", outsideGo);
      say(words, "Go's own", inGo);
    } else {
      say(words, "Go's own", inGo);
      say(words, "memory outside Go (C, mmap)", outsideGo);
    }
    say(words, "page cache", cache - (Double.isNaN(mapped) ? 0 : mapped));
    say(words, "mapped files", mapped);
    return words.isEmpty() ? "no part has changed much" : String.join(", ", words);
  }

  private static void say(List<String> words, String what, double bytes) {
    if (Math.abs(bytes) >= WORTH_A_WORD) {
      words.add(what + (bytes > 0 ? " +" : " −") + Amounts.bytes(Math.abs(bytes)));
    }
  }
}
