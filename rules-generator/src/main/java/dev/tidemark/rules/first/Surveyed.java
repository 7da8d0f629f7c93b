package dev.tidemark.rules.first;

import java.time.Duration;
import java.util.List;

/**
 * What a server knows.
 *
 * @param scrapeInterval how often most targets are scraped; 30 s where nobody can tell
 * @param exporter whether Tidemark's exporter is scraped there
 * @param services by name
 * @param notes what was left out or guessed
 */
public record Surveyed(
    Duration scrapeInterval, boolean exporter, List<GoService> services, List<String> notes) {
  public Surveyed {
    services = List.copyOf(services);
    notes = List.copyOf(notes);
  }
}
