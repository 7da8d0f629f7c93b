package dev.tidemark.rules.first;

import dev.tidemark.signals.signal.Support;
import dev.tidemark.toolkit.config.ByteSize;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Go service that a server scrapes.
 *
 * @param name as a specification takes it; no other service has it
 * @param selector the labels that all its targets have
 * @param pods whether its targets are pods
 * @param targets how many there are now; where there is none, were within the last hour
 * @param workloads who owns them; their names in order, as {@code Deployment api}
 * @param limits the memory limits of its containers, each once; none where nobody tells them
 * @param exposed names of the metrics that can be asked of it
 * @param supports every signal that can be of such a target
 */
public record GoService(
    String name,
    SortedMap<String, String> selector,
    boolean pods,
    int targets,
    List<String> workloads,
    List<ByteSize> limits,
    Set<String> exposed,
    List<Support> supports) {
  public GoService {
    selector = Collections.unmodifiableSortedMap(new TreeMap<>(selector));
    workloads = List.copyOf(workloads);
    limits = List.copyOf(limits);
    exposed = Collections.unmodifiableSet(new TreeSet<>(exposed));
    supports = List.copyOf(supports);
  }

  /** The smallest limit: what dies first. */
  public Optional<ByteSize> memoryLimit() {
    return limits.stream().min(Comparator.comparingLong(ByteSize::bytes));
  }

  /** Whether a signal can be judged, exactly or by an estimate. */
  public boolean judges(String signal) {
    return supports.stream().anyMatch(s -> s.signal().id().equals(signal) && s.isSupported());
  }
}
