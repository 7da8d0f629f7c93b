package dev.tidemark.toolkit.prometheus;

import java.util.Map;

/**
 * A target that a server scrapes.
 *
 * @param labels as its series have them
 * @param interval between scrapes as the server writes it, such as 15s; empty where it does not say
 */
public record ScrapedTarget(Map<String, String> labels, String interval) {
  public ScrapedTarget {
    labels = Map.copyOf(labels);
  }
}
