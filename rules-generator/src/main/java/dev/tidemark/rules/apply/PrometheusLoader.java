package dev.tidemark.rules.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.rules.apply.ApplyException.Reason;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.http.Reply;
import dev.tidemark.toolkit.prometheus.ApiReply;
import dev.tidemark.toolkit.yaml.Placed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Prometheus, or what has its API of rules and its reload. */
public final class PrometheusLoader implements Loader {
  private static final String RELOAD = "/-/reload";
  private static final String RULES = "/api/v1/rules";
  private static final String RUNTIME = "/api/v1/status/runtimeinfo";
  private static final int SHOWN = 5;

  /** When a group was evaluated that was not yet, as a server says it that has just begun. */
  private static final String NEVER = "0001-";

  private final ServerApi api;
  private final Path folder;
  private final List<FoundFile> files;
  private final boolean reloads;

  /** Whether it must have loaded its files since it was asked first. */
  private boolean awaited;

  private final Waiting waiting;
  private String loadedBefore = "";

  /**
   * @param folder that is written
   * @param files the rules it shall have, by their paths in it
   * @param reloads whether it is told to load; else it must have done so by itself
   * @param waiting how long to wait for new groups and their first evaluation
   */
  public PrometheusLoader(
      ServerApi api, Path folder, List<FoundFile> files, boolean reloads, Waiting waiting) {
    this.api = api;
    this.folder = folder;
    this.files = List.copyOf(files);
    this.reloads = reloads;
    this.awaited = !reloads;
    this.waiting = waiting;
  }

  @Override
  public String name() {
    return api.name();
  }

  @Override
  public void ready() throws ApplyException {
    api.json(RULES, ApiReply::prometheus);
    if (!reloads) {
      loadedBefore = loaded();
    }
  }

  private String loaded() throws ApplyException {
    return api.json(RUNTIME, ApiReply::prometheus).path("data").path("lastConfigTime").asText();
  }

  @Override
  public void reload() throws ApplyException {
    reload(api);
  }

  static void reload(ServerApi api) throws ApplyException {
    Reply reply = api.post(RELOAD, "");
    if (reply.status() == 403 || reply.status() == 404 || reply.status() == 405) {
      throw api.refused(RELOAD, reply)
          .with(
              "start it with --web.enable-lifecycle, or apply with --no-reload and send it SIGHUP");
    }
    if (!reply.ok()) {
      throw api.refused(RELOAD, reply);
    }
  }

  @Override
  public void unchanged() {
    awaited = false;
  }

  @Override
  public String check() throws ApplyException {
    Map<String, String> first = new HashMap<>();
    Found found = Waiting.until(waiting.toShow(), () -> look(first), Found::isShown);
    Duration atMost = waiting.toEvaluate(found.interval());
    if (found.isShown() && found.open() > 0) {
      api.waits(
          "for the first evaluation of %d %s by %s, at most %s"
              .formatted(
                  found.open(),
                  found.open() == 1 ? "group" : "groups",
                  api.name(),
                  PromDuration.format(atMost)));
    }
    if (found.isShown() && found.open() > 0 && !atMost.isZero()) {
      found =
          Waiting.until(
              Waiting.pause(atMost), () -> look(first), now -> !now.isShown() || now.open() == 0);
    }
    List<String> wrong = found.isShown() ? found.errors() : found.unlike();
    if (!wrong.isEmpty()) {
      List<String> shown = wrong.subList(0, Math.min(SHOWN, wrong.size()));
      throw new ApplyException(
          Reason.REFUSED,
          api.name()
              + ": "
              + String.join("; ", shown)
              + (wrong.size() > SHOWN ? "; and " + (wrong.size() - SHOWN) + " more" : ""));
    }
    String seen =
        found.elsewhere().isEmpty()
            ? ""
            : "; the folder is another one to it: " + found.elsewhere().first();
    return (found.open() == 0
            ? "has all of it, evaluated without an error"
            : "has all of it; %d of %d groups were not evaluated within %s%s"
                .formatted(
                    found.open(),
                    first.size(),
                    PromDuration.format(atMost),
                    hint(found.interval())))
        + seen;
  }

  private static String hint(Duration interval) {
    return Waiting.isEnough(interval)
        ? ", --wait " + PromDuration.format(Waiting.enough(interval)) + " is surely enough"
        : "; their interval is longer than --wait may be";
  }

  /**
   * @param unlike what the server shows otherwise than it was written
   * @param errors of rules when they were evaluated last
   * @param open how many groups were not evaluated since the first look
   * @param interval the longest of a group
   * @param elsewhere which folders the server names, where they are not ours
   */
  private record Found(
      List<String> unlike,
      List<String> errors,
      int open,
      Duration interval,
      SortedSet<String> elsewhere) {
    boolean isShown() {
      return unlike.isEmpty();
    }
  }

  /**
   * @param first when each group was evaluated last at the first look: a group keeps that when its
   *     rules are loaded anew
   */
  private Found look(Map<String, String> first) throws ApplyException {
    List<String> wrong = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    int open = 0;
    Duration interval = Duration.ZERO;
    SortedSet<String> elsewhere = new TreeSet<>();
    if (awaited && loaded().equals(loadedBefore)) {
      wrong.add("it has not loaded its files since " + loadedBefore);
    }
    JsonNode groups = api.json(RULES, ApiReply::prometheus).path("data").path("groups");
    for (FoundFile file : files) {
      for (FoundGroup group : file.groups()) {
        List<ShownGroup> there = shown(groups, group, folder.resolve(file.text().file()));
        Optional<ShownGroup> ours =
            there.stream().min(Comparator.comparing(one -> one.origin(group.rules())));
        if (ours.isEmpty()) {
          wrong.add(
              "it has no group "
                  + group.name().value()
                  + " with the rules of "
                  + file.text().file()
                  + ": is the file among its rule_files?");
        } else {
          JsonNode found = ours.get().group();
          String last = found.path("lastEvaluation").asText();
          boolean same = last.equals(first.computeIfAbsent(group.name().value(), g -> last));
          open += same || last.startsWith(NEVER) ? 1 : 0;
          origin(ours.get(), group, wrong, elsewhere);
          errors(group, found, errors);
          Duration its = Duration.ofMillis(Math.round(found.path("interval").asDouble() * 1000));
          interval = its.compareTo(interval) > 0 ? its : interval;
        }
      }
    }
    return new Found(wrong, errors, open, interval, elsewhere);
  }

  private static void errors(FoundGroup group, JsonNode there, List<String> errors) {
    for (JsonNode rule : there.path("rules")) {
      String error = rule.path("lastError").asText("");
      if (rule.path("health").asText().equals("err") || !error.isEmpty()) {
        errors.add(group.name().value() + "/" + rule.path("name").asText() + ": " + error);
      }
    }
  }

  private static void origin(
      ShownGroup shown, FoundGroup group, List<String> wrong, SortedSet<String> elsewhere) {
    String name = group.name().value();
    switch (shown.origin(group.rules())) {
      case SAME_FILE -> {
        // nothing to tell
      }
      case SAME_RULES -> elsewhere.add(shown.folders());
      case OTHER_FILE ->
          wrong.add(
              "it loads "
                  + name
                  + " from "
                  + shown.file()
                  + ", which says the same now and is not "
                  + shown.written()
                  + ": put the written folder among its rule_files");
      case OTHER_RULES ->
          wrong.add(
              "it has "
                  + name
                  + " from "
                  + shown.file()
                  + " with other rules than were written ("
                  + shown.difference(group.rules()).orElse("")
                  + "): is "
                  + shown.written()
                  + " among its rule_files?");
    }
  }

  /** The groups of this name that have rules of these names. */
  private static List<ShownGroup> shown(JsonNode groups, FoundGroup group, Path written) {
    List<ShownGroup> shown = new ArrayList<>();
    for (JsonNode there : groups) {
      if (there.path("name").asText().equals(group.name().value())
          && isSame(there.path("rules"), group.rules())) {
        shown.add(new ShownGroup(there, written));
      }
    }
    return shown;
  }

  /** By type, name and {@code for}; the text of an expression is the server's own. */
  private static boolean isSame(JsonNode there, List<FoundRule> rules) {
    if (there.size() != rules.size()) {
      return false;
    }
    for (int i = 0; i < rules.size(); i++) {
      FoundRule rule = rules.get(i);
      JsonNode its = there.get(i);
      Duration waits = rule.forDuration().map(Placed::value).orElse(Duration.ZERO);
      if (!its.path("name").asText().equals(rule.name().value())
          || its.path("type").asText().equals("alerting") != rule.isAlert()
          || (rule.isAlert()
              && Math.round(its.path("duration").asDouble() * 1000) != waits.toMillis())) {
        return false;
      }
    }
    return true;
  }
}
