package dev.tidemark.e2e.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.e2e.server.Http;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks a real Prometheus what Grafana would: every query of a dashboard, its variables filled in.
 *
 * @param chosen variable to value, a regular expression
 * @param from where the time that is shown begins
 */
record DashboardQueries(
    Http http, String prometheus, Map<String, String> chosen, Instant from, Instant to) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final Pattern VALUES = Pattern.compile("label_values\\((.+), ([a-z_]+)\\)");
  private static final Pattern RESULT = Pattern.compile("query_result\\((.+)\\)");

  /** The dashboards of a folder, by title. */
  static SortedMap<String, JsonNode> read(Path folder) throws IOException {
    SortedMap<String, JsonNode> dashboards = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode dashboard = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        if (dashboard.has("panels")) {
          dashboards.put(dashboard.path("title").asText(), dashboard);
        }
      }
    }
    return dashboards;
  }

  /**
   * The queries without any data in the whole time, as {@code dashboard / panel / legend}, where
   * the legend of a number or table is its letter.
   *
   * @throws IOException with the server's words when it does not take a query
   */
  List<String> empty(JsonNode dashboard) throws IOException, InterruptedException {
    List<String> empty = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        if (rows(target.path("expr").asText()) == 0) {
          String legend = target.path("legendFormat").asText();
          empty.add(
              dashboard.path("title").asText()
                  + " / "
                  + panel.path("title").asText()
                  + " / "
                  + (legend.isEmpty() ? target.path("refId").asText() : legend));
        }
      }
    }
    return empty;
  }

  /** The annotations without any moment, as {@code dashboard @ annotation}. */
  List<String> unmarked(JsonNode dashboard) throws IOException, InterruptedException {
    List<String> empty = new ArrayList<>();
    for (JsonNode annotation : dashboard.path("annotations").path("list")) {
      if (rows(annotation.path("expr").asText()) == 0) {
        empty.add(dashboard.path("title").asText() + " @ " + annotation.path("name").asText());
      }
    }
    return empty;
  }

  /** What a variable has to choose from, as Grafana makes it of the answer. */
  List<String> choices(JsonNode dashboard, String variable)
      throws IOException, InterruptedException {
    for (JsonNode one : dashboard.path("templating").path("list")) {
      if (one.path("name").asText().equals(variable)) {
        return choices(filled(one.path("query").asText()), one.path("regex").asText());
      }
    }
    throw new IOException("no variable " + variable + " in " + dashboard.path("title"));
  }

  private List<String> choices(String query, String regex)
      throws IOException, InterruptedException {
    Matcher values = VALUES.matcher(query);
    if (values.matches()) {
      String url =
          prometheus
              + "/api/v1/label/"
              + values.group(2)
              + "/values?match[]="
              + Http.encode(values.group(1))
              + "&start="
              + from.getEpochSecond()
              + "&end="
              + to.getEpochSecond();
      List<String> all = new ArrayList<>();
      http.json(url.replace("[]", "%5B%5D")).path("data").forEach(v -> all.add(v.asText()));
      return all;
    }
    Matcher result = RESULT.matcher(query);
    if (!result.matches()) {
      throw new IOException("no query of Grafana's data source: " + query);
    }
    Pattern value = Pattern.compile(regex.substring(1, regex.length() - 1));
    List<String> all = new ArrayList<>();
    String url =
        prometheus
            + "/api/v1/query?time="
            + to.getEpochSecond()
            + "&query="
            + Http.encode(result.group(1));
    for (JsonNode row : http.json(url).path("data").path("result")) {
      StringBuilder line = new StringBuilder("{");
      row.path("metric")
          .properties()
          .forEach(
              l ->
                  line.append(l.getKey())
                      .append("=\"")
                      .append(l.getValue().asText())
                      .append("\","));
      Matcher found = value.matcher(line.append("} 1 1"));
      if (found.find()) {
        all.add(found.group(1));
      }
    }
    return all;
  }

  private int rows(String expr) throws IOException, InterruptedException {
    String query = filled(expr);
    String url =
        prometheus
            + "/api/v1/query_range?start="
            + from.getEpochSecond()
            + "&end="
            + to.getEpochSecond()
            + "&step="
            + STEP.toSeconds();
    JsonNode answer =
        JSON.readTree(
            http.post(
                url,
                "query=" + Http.encode(query),
                "Content-Type",
                "application/x-www-form-urlencoded"));
    return answer.path("data").path("result").size();
  }

  private String filled(String text) {
    String filled =
        text.replace("$__rate_interval", "15s")
            .replace("$__range", Duration.between(from, to).toSeconds() + "s");
    for (Map.Entry<String, String> variable : chosen.entrySet()) {
      filled = filled.replace("\"$" + variable.getKey() + "\"", "\"" + variable.getValue() + "\"");
    }
    if (filled.replace("\"$1\"", "").contains("$")) {
      throw new IllegalStateException("not filled in: " + filled);
    }
    return filled;
  }
}
