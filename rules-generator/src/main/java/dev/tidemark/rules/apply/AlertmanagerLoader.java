package dev.tidemark.rules.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidemark.rules.apply.ApplyException.Reason;
import dev.tidemark.toolkit.prometheus.ApiReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Alertmanager. */
public final class AlertmanagerLoader implements Loader {
  private static final String STATUS = "/api/v2/status";

  private final ServerApi api;
  private final byte[] file;
  private final Waiting waiting;

  /**
   * @param file the configuration it shall have
   * @param waiting how long to wait for it
   */
  public AlertmanagerLoader(ServerApi api, byte[] file, Waiting waiting) {
    this.api = api;
    this.file = file.clone();
    this.waiting = waiting;
  }

  @Override
  public String name() {
    return api.name();
  }

  @Override
  public void ready() throws ApplyException {
    api.json(STATUS, ApiReply::alertmanager);
  }

  @Override
  public void reload() throws ApplyException {
    PrometheusLoader.reload(api);
  }

  @Override
  public void unchanged() {
    // it is asked what it shows, whenever it loaded that
  }

  @Override
  public String check() throws ApplyException {
    List<String> wanted = facts(file);
    if (!Waiting.until(waiting.toShow(), this::shown, wanted::equals).equals(wanted)) {
      throw new ApplyException(
          Reason.REFUSED,
          api.name() + ": shows other routes or receivers than the file: is it started with it?");
    }
    return "shows these routes and receivers";
  }

  private List<String> shown() throws ApplyException {
    String original =
        api.json(STATUS, ApiReply::alertmanager).path("config").path("original").asText();
    return facts(original.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> facts(byte[] yaml) throws ApplyException {
    try {
      return facts(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new ApplyException(Reason.REFUSED, api.name() + ": " + e.getMessage());
    }
  }

  /** What it does with alerts; secrets are masked in its answer, and defaults are filled in. */
  private static List<String> facts(JsonNode config) {
    List<String> facts = new ArrayList<>();
    config.path("receivers").forEach(receiver -> facts.add(receiver.path("name").asText()));
    route(config.path("route"), "", facts);
    for (JsonNode rule : config.path("inhibit_rules")) {
      facts.add(
          words(rule.path("source_matchers"))
              + words(rule.path("target_matchers"))
              + words(rule.path("equal")));
    }
    config.path("time_intervals").forEach(time -> facts.add(time.path("name").asText()));
    return facts;
  }

  private static void route(JsonNode route, String path, List<String> facts) {
    facts.add(
        path
            + route.path("receiver").asText()
            + words(route.path("matchers"))
            + words(route.path("group_by"))
            + words(route.path("mute_time_intervals"))
            + words(route.path("active_time_intervals"))
            + (route.path("continue").asBoolean() ? " and on" : ""));
    route.path("routes").forEach(child -> route(child, path + "/", facts));
  }

  private static String words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words.toString();
  }
}
