package dev.tidemark.promql.flow;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which labels the series of a result have. An empty label is none, as in Prometheus.
 *
 * @param sure each series has these
 * @param maybe some series may have these; for an open set of no more meaning than others
 * @param never no series has these; only for an open set, for a closed one has none but the named
 * @param open whether labels that are named nowhere here may occur
 */
public record LabelSets(Set<String> sure, Set<String> maybe, Set<String> never, boolean open) {
  /** No label at all. */
  public static final LabelSets NONE = closed(Set.of(), Set.of());

  /** Any label. */
  public static final LabelSets ANY = open(Set.of(), Set.of());

  /** Whether a label occurs. */
  public enum Presence {
    SURE,
    MAYBE,
    NEVER
  }

  public LabelSets {
    sure = Set.copyOf(sure);
    maybe = Set.copyOf(maybe);
    never = Set.copyOf(never);
  }

  static LabelSets closed(Collection<String> sure, Collection<String> maybe) {
    return new LabelSets(new TreeSet<>(sure), new TreeSet<>(maybe), Set.of(), false);
  }

  static LabelSets open(Collection<String> sure, Collection<String> never) {
    return new LabelSets(new TreeSet<>(sure), Set.of(), new TreeSet<>(never), true);
  }

  public Presence presence(String label) {
    if (sure.contains(label)) {
      return Presence.SURE;
    }
    boolean may = open ? !never.contains(label) : maybe.contains(label);
    return may ? Presence.MAYBE : Presence.NEVER;
  }

  /** These with one label as said. */
  LabelSets with(String label, Presence presence) {
    Set<String> surely = new TreeSet<>(sure);
    Set<String> perhaps = new TreeSet<>(maybe);
    Set<String> not = new TreeSet<>(never);
    surely.remove(label);
    perhaps.remove(label);
    not.remove(label);
    switch (presence) {
      case SURE -> surely.add(label);
      case MAYBE -> {
        if (!open) {
          perhaps.add(label);
        }
      }
      case NEVER -> {
        if (open) {
          not.add(label);
        }
      }
    }
    return new LabelSets(surely, perhaps, not, open);
  }

  LabelSets without(Collection<String> labels) {
    LabelSets left = this;
    for (String label : labels) {
      left = left.with(label, Presence.NEVER);
    }
    return left;
  }

  /** Of these only the named ones. */
  LabelSets only(Collection<String> labels) {
    LabelSets kept = NONE;
    for (String label : labels) {
      kept = kept.with(label, presence(label));
    }
    return kept;
  }

  /** What is true of series of either kind. */
  LabelSets or(LabelSets other) {
    Set<String> both = filtered(sure, other.sure::contains);
    Set<String> named = new TreeSet<>(sure);
    named.addAll(other.sure);
    named.addAll(maybe);
    named.addAll(other.maybe);
    if (!open && !other.open) {
      return closed(both, filtered(named, label -> !both.contains(label)));
    }
    Set<String> not = new TreeSet<>(never);
    not.addAll(other.never);
    return open(
        both,
        filtered(
            not,
            label -> presence(label) == Presence.NEVER && other.presence(label) == Presence.NEVER));
  }

  private static Set<String> filtered(Set<String> labels, Predicate<String> keep) {
    Set<String> kept = new TreeSet<>(labels);
    kept.removeIf(keep.negate());
    return kept;
  }
}
