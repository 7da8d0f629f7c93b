package dev.tidemark.rules.first;

import dev.tidemark.rules.output.YamlText;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a first specification, to be edited by people: one team, one receiver. */
public final class FirstSpec {
  /** Of the comment that lists the owners of a service's pods. */
  private static final int MOST_WORKLOADS = 10;

  private static final Map<String, String> ALERTS =
      Map.of(
          "goroutine-leak", "goroutines",
          "heap-leak", "heap_live",
          "memory-near-limit", "memory_limit_ratio");
  private static final List<String> ORDER =
      List.of("goroutine-leak", "heap-leak", "memory-near-limit");

  private FirstSpec() {}

  /**
   * The text of the specification.
   *
   * @param prometheus the release that the rules are for
   * @param team the name of the one team
   */
  public static String of(Surveyed found, String prometheus, String team) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# A first specification, of what was found. Teams, the receiver and runbooks are yours to put right.");
    lines.add("apiVersion: tidemark/v1");
    lines.add(
        "target: {prometheus: %s, engine: %s}"
            .formatted(YamlText.quoted(prometheus), found.exporter() ? "exporter" : "promql"));
    if (!found.exporter()) {
      lines.add(
          "# engine: exporter has far fewer false alarms; it needs Tidemark's exporter, which is not scraped");
    }
    lines.add("defaults:");
    lines.add("  scrapeInterval: " + PromDuration.format(found.scrapeInterval()));
    lines.add(
        "  # a placeholder: where people find what to do; generate writes the first of each to");
    lines.add("  # runbooks/, to be put there");
    lines.add("  runbook: 'https://runbooks.example/{alert}'");
    lines.add("teams:");
    lines.add("  - {name: " + YamlText.quoted(team) + ", receiver: placeholder}");
    lines.add("receivers:");
    lines.add(
        "  # a placeholder: put the address of whoever is to be told in its place; where that is");
    lines.add("  # Tidemark's webhook, name who is woken by critical alerts as pages of the team");
    lines.add(
        "  - {name: placeholder, webhook: {url: 'http://localhost:9478/api/v1/alertmanager'}}");
    lines.add("services:");
    for (GoService service : found.services()) {
      service(service, team, lines);
    }
    return String.join("\n", lines) + "\n";
  }

  private static void service(GoService service, String team, List<String> lines) {
    if (!service.workloads().isEmpty()) {
      String more = service.workloads().size() > MOST_WORKLOADS ? ", …" : "";
      lines.add(
          service.workloads().stream()
              .limit(MOST_WORKLOADS)
              .map(FirstSpec::comment)
              .collect(Collectors.joining(", ", "  # ", more)));
    }
    lines.add("  - name: " + YamlText.quoted(service.name()));
    lines.add("    team: " + YamlText.quoted(team));
    lines.add(
        service.selector().entrySet().stream()
            .map(label -> label.getKey() + ": " + YamlText.quoted(label.getValue()))
            .collect(Collectors.joining(", ", "    selector: {", "}")));
    lines.add("    fleet: {replicas: " + service.targets() + "}");
    service
        .memoryLimit()
        .ifPresent(
            limit ->
                lines.add(
                    "    memoryLimit: "
                        + limit
                        + (service.limits().size() > 1 ? all(service) : "")));
    List<String> alerts =
        ORDER.stream().filter(id -> service.judges(ALERTS.getOrDefault(id, ""))).toList();
    if (alerts.isEmpty()) {
      lines.add("    # it exposes nothing that a leak could be seen by");
      lines.add("    alerts: []");
    } else {
      lines.add("    alerts:");
      alerts.forEach(id -> lines.add("      - {use: " + id + "}"));
    }
  }

  private static String all(GoService service) {
    return service.limits().stream()
        .map(ByteSize::toString)
        .collect(Collectors.joining(", ", "  # the smallest of ", ""));
  }

  /** One line that can be seen, whatever stands in a label. */
  private static String comment(String text) {
    String shown = Shown.text(text);
    return shown.startsWith("\"") && shown.endsWith("\"")
        ? shown.substring(1, shown.length() - 1)
        : shown;
  }
}
