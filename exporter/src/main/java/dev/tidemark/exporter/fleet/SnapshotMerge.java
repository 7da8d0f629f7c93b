package dev.tidemark.exporter.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one snapshot of several sources'. A target that two of them have is shown once, by the
 * first, for one duplicate would fail the whole scrape. For one thread at a time.
 */
public final class SnapshotMerge {
  /** Series that were hidden and counted, so that each is counted once. */
  private static final int REMEMBERED = 100_000;

  private final FleetListener listener;
  private final Set<String> hidden = new LinkedHashSet<>();

  public SnapshotMerge(FleetListener listener) {
    this.listener = listener;
  }

  /**
   * @param parts in the order of precedence; those that are empty count for nothing
   */
  public Snapshot of(List<Snapshot> parts) {
    List<Snapshot> known = parts.stream().filter(part -> !part.isEmpty()).toList();
    if (known.size() < 2) {
      return known.isEmpty() ? Snapshot.NONE : known.get(0);
    }
    SnapshotShape shape = known.get(0).shape();
    List<List<SeriesView>> shown = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<Map<String, String>> labels = new HashSet<>();
    long slot = 0;
    Instant madeAt = Instant.EPOCH;
    int workloads = 0;
    for (Snapshot part : known) {
      shown.add(shown(part, shape, names, labels));
      slot = Math.max(slot, part.slot());
      madeAt = part.madeAt().isAfter(madeAt) ? part.madeAt() : madeAt;
      workloads += part.workloads();
    }
    HealthView health = HealthView.merged(known.stream().map(Snapshot::health).toList());
    return new Snapshot(slot, madeAt, shape, inOrder(shown), workloads, health);
  }

  /** What no earlier part has; it takes its names from then on. */
  private List<SeriesView> shown(
      Snapshot part, SnapshotShape shape, Set<String> names, Set<Map<String, String>> labels) {
    List<SeriesView> kept = new ArrayList<>(part.series().size());
    List<String> ownNames = new ArrayList<>();
    List<Map<String, String>> ownLabels = new ArrayList<>();
    String target = "";
    boolean taken = false;
    for (SeriesView view : part.series()) {
      if (!view.target().equals(target)) {
        target = view.target();
        taken = names.contains(target) || labels.contains(view.labels());
        if (!taken) {
          ownNames.add(target);
          ownLabels.add(view.labels());
        }
      }
      if (taken) {
        hide(view);
      } else {
        kept.add(part.shape().equals(shape) ? view : view.withoutQuantiles());
      }
    }
    names.addAll(ownNames);
    labels.addAll(ownLabels);
    return kept;
  }

  private void hide(SeriesView view) {
    if (!hidden.add(view.signal().id() + '{' + view.target() + '}')) {
      return;
    }
    listener.seriesRefused(Refusal.SAME_LABELS);
    if (hidden.size() > REMEMBERED) {
      var oldest = hidden.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Each part is ordered by target already, and no target is in two. */
  private static List<SeriesView> inOrder(List<List<SeriesView>> parts) {
    List<SeriesView> merged = parts.get(0);
    for (List<SeriesView> part : parts.subList(1, parts.size())) {
      List<SeriesView> both = new ArrayList<>(merged.size() + part.size());
      int left = 0;
      for (SeriesView view : part) {
        while (left < merged.size() && merged.get(left).target().compareTo(view.target()) < 0) {
          both.add(merged.get(left++));
        }
        both.add(view);
      }
      both.addAll(merged.subList(left, merged.size()));
      merged = both;
    }
    return merged;
  }
}
