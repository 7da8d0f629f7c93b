package dev.tidemark.rules.model;

import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds services all of whose targets belong to another service too, where both ask for the same
 * alert: one leak would be told twice.
 */
final class Overlaps {
  /** A selector of so many labels has a thousand parts to look for; none that people write has. */
  private static final int MOST_LABELS = 10;

  private final Complaints complaints;

  Overlaps(Complaints complaints) {
    this.complaints = complaints;
  }

  void check(List<Service> services) {
    Map<SortedMap<String, String>, List<Service>> bySelector = new HashMap<>();
    for (Service service : services) {
      bySelector
          .computeIfAbsent(service.selection().labels(), labels -> new ArrayList<>())
          .add(service);
    }
    for (Service service : services) {
      wider(service, bySelector).ifPresent(both -> warn(service, both));
    }
  }

  private record Both(Service wider, String use) {}

  private static Optional<Both> wider(
      Service service, Map<SortedMap<String, String>, List<Service>> bySelector) {
    List<Map.Entry<String, String>> labels = List.copyOf(service.selection().labels().entrySet());
    if (labels.size() > MOST_LABELS) {
      return Optional.empty();
    }
    for (int mask = 0; mask < 1 << labels.size(); mask++) {
      SortedMap<String, String> part = new TreeMap<>();
      for (int i = 0; i < labels.size(); i++) {
        if ((mask >> i & 1) == 1) {
          part.put(labels.get(i).getKey(), labels.get(i).getValue());
        }
      }
      for (Service other : bySelector.getOrDefault(part, List.of())) {
        boolean isLater = part.size() < labels.size() || isBefore(other, service);
        if (!isSame(other, service) && isLater) {
          for (Alert alert : service.alerts()) {
            for (Alert same : other.alerts()) {
              if (alert.use().isPresent() && value(alert).equals(value(same))) {
                return Optional.of(new Both(other, value(alert)));
              }
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(Service a, Service b) {
    return a.name().value().equals(b.name().value())
        && a.name().place().compareTo(b.name().place()) == 0;
  }

  /** Of two alike, the second tells. */
  private static boolean isBefore(Service a, Service b) {
    Place first = a.name().place();
    return first.compareTo(b.name().place()) < 0;
  }

  private static String value(Alert alert) {
    return alert.use().map(Placed::value).orElse("");
  }

  private void warn(Service service, Both both) {
    complaints.warn(
        service.name(),
        "selector: all targets of "
            + Shown.text(service.name().value())
            + " are targets of "
            + Shown.text(both.wider().name().value())
            + " ("
            + both.wider().name().place()
            + ") too, and both have "
            + both.use()
            + ": one cause makes two alerts");
  }
}
