package dev.tidemark.e2e.corpus.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.corpus.data.Samples;
import dev.tidemark.e2e.server.Http;
import java.io.IOException;
import java.util.List;

/** Asks the recording Prometheus for every raw sample of a pod and stretches their time. */
final class ReadBack {
  private static final String STARTED = "process_start_time_seconds";

  private final Http http;
  private final String url;
  private final CorpusTime time;
  private final long end;

  /**
   * @param end of the recording, epoch milliseconds
   */
  ReadBack(Http http, String url, CorpusTime time, long end) {
    this.http = http;
    this.url = url;
    this.time = time;
    this.end = end;
  }

  /**
   * All samples of a pod.
   *
   * @param replica empty where only one recorded it
   * @param starts when its processes started. The kernel tells a start by a boot time in whole
   *     seconds, ten minutes of the corpus; so these stand in its place
   */
  Samples of(String pod, String replica, List<Long> starts)
      throws IOException, InterruptedException {
    String selector =
        "{__name__!~\"up|scrape_.*\",pod=\"%s\",%s=\"%s\"}"
            .formatted(pod, ScrapeConfig.REPLICA, replica);
    long span = (end - time.begin()) / 1000 + 1;
    String query = Http.encode(selector + "[" + span + "s]");
    JsonNode rows =
        http.json(url + "/api/v1/query?query=" + query + "&time=" + end / 1000.0)
            .path("data")
            .path("result");
    Samples.Builder samples = new Samples.Builder();
    for (JsonNode row : rows) {
      String metric = row.path("metric").path("__name__").asText();
      for (JsonNode sample : row.path("values")) {
        long real = Math.round(sample.path(0).asDouble() * 1000);
        if (real < time.begin()) {
          continue;
        }
        double value = Double.parseDouble(sample.path(1).asText().replace("Inf", "Infinity"));
        boolean started = metric.equals(STARTED);
        samples.add(metric, time.stretched(real), started ? startBefore(real, starts) : value);
      }
    }
    return samples.build();
  }

  private double startBefore(long real, List<Long> starts) {
    long last = starts.stream().filter(start -> start <= real).max(Long::compare).orElse(real);
    return Math.round(time.stretched(last) / 1000.0);
  }
}
