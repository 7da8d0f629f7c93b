package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Setting.From;
import dev.tidemark.toolkit.config.PromDuration;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says of every threshold of an alert where it came from. */
final class Thresholds {
  private Thresholds() {}

  static SortedMap<String, Setting> of(
      Service service, Alert alert, Rule rule, SortedMap<String, Setting> parameters) {
    SortedMap<String, Setting> all = new TreeMap<>(parameters);
    all.put("for", said(PromDuration.format(rule.forDuration()), alert.forDuration().isPresent()));
    all.put(
        "keepFiringFor",
        said(PromDuration.format(rule.keepFiringFor()), alert.keepFiringFor().isPresent()));
    service
        .memoryLimit()
        .filter(limit -> rule.text().contains(String.valueOf(limit.bytes())))
        .ifPresent(limit -> all.put("memoryLimit", new Setting(limit.toString(), From.SERVICE)));
    return all;
  }

  private static Setting said(String value, boolean inSpec) {
    return new Setting(value, inSpec ? From.SPEC : From.DEFAULT);
  }
}
