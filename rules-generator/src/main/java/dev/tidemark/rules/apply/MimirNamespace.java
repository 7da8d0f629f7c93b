package dev.tidemark.rules.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidemark.rules.apply.ApplyException.Reason;
import dev.tidemark.toolkit.http.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Groups of rules in one namespace of Mimir's ruler; all others are left alone. Source: the ruler's
 * configuration API, Mimir's HTTP API reference.
 */
public final class MimirNamespace {
  private static final String RULES = "/prometheus/config/v1/rules/";

  /** What every ruler has, whatever it says of a namespace without groups. */
  private static final String API = "/prometheus/api/v1/rules";

  private static final String APPLY_AGAIN =
      "; apply again to go on, or apply the specification of before to go back";
  private static final int SHOWN = 10;

  private static final String NO_GROUPS = "no rule groups found";

  private final ServerApi api;
  private final String namespace;
  private final Consumer<String> told;
  private final Left left;

  /**
   * @param api with the tenant's header
   * @param namespace what is in it is ours
   * @param left in which state all is, where the program ends in the middle
   */
  public MimirNamespace(ServerApi api, String namespace, Consumer<String> told, Left left) {
    this.api = api;
    this.namespace = namespace;
    this.told = told;
    this.left = left;
  }

  /** What is or would be done, by names of groups. */
  public record Changes(List<String> written, List<String> removed) {
    public Changes {
      written = List.copyOf(written);
      removed = List.copyOf(removed);
    }
  }

  /**
   * @param groups YAML by the group's name
   * @throws ApplyException where the server does not answer
   */
  public Changes plan(SortedMap<String, String> groups) throws ApplyException {
    return plan(groups, before());
  }

  private static Changes plan(SortedMap<String, String> groups, SortedMap<String, JsonNode> there)
      throws ApplyException {
    List<String> written = new ArrayList<>();
    for (Map.Entry<String, String> group : groups.entrySet()) {
      if (!tree(group.getValue()).equals(there.get(group.getKey()))) {
        written.add(group.getKey());
      }
    }
    return new Changes(
        written, there.keySet().stream().filter(name -> !groups.containsKey(name)).toList());
  }

  /**
   * Makes the namespace hold these groups and no other. What was done is undone where a group is
   * refused; a run that was cut off is finished by the next.
   *
   * @throws ApplyException with the state in which all is left
   */
  public Changes write(SortedMap<String, String> groups) throws ApplyException {
    SortedMap<String, JsonNode> before = before();
    Changes changes = plan(groups, before);
    List<String> done = new ArrayList<>();
    try {
      for (String name : changes.written()) {
        done.add(name); // also where the answer is lost
        begun(done);
        Reply reply = api.post(RULES + encoded(namespace), groups.getOrDefault(name, ""));
        if (reply.status() == 404 && done.size() == 1) {
          done.clear();
          throw noRuler();
        }
        taken(name, reply);
        told.accept("written  " + name);
      }
      for (String name : changes.removed()) {
        done.add(name);
        begun(done);
        delete(name);
        told.accept("removed  " + name);
      }
      check(groups);
      left.is("all of it was done");
    } catch (ApplyException e) {
      throw undone(e, done, before);
    }
    return changes;
  }

  private ApplyException undone(
      ApplyException why, List<String> done, SortedMap<String, JsonNode> before) {
    if (done.isEmpty()) {
      return why;
    }
    Collections.reverse(done);
    left.is("groups of " + namespace + " were being put back: " + names(done) + APPLY_AGAIN);
    List<String> not = new ArrayList<>();
    for (String name : done) {
      try {
        JsonNode was = before.get(name);
        if (was == null) {
          delete(name);
        } else {
          post(name, new YAMLMapper().writeValueAsString(was));
        }
      } catch (ApplyException | IOException e) {
        not.add(name);
      }
    }
    return not.isEmpty()
        ? why.with("all groups were put back")
        : why.with("not put back: " + String.join(", ", not) + "; apply again");
  }

  private void begun(List<String> done) {
    left.is("of " + namespace + " these groups were sent: " + names(done) + APPLY_AGAIN);
  }

  /** So many that a line can hold them. */
  private static String names(List<String> groups) {
    return String.join(", ", groups.subList(0, Math.min(SHOWN, groups.size())))
        + (groups.size() > SHOWN ? " and " + (groups.size() - SHOWN) + " more" : "");
  }

  /** By the ruler's own answer. */
  private void check(SortedMap<String, String> groups) throws ApplyException {
    SortedMap<String, JsonNode> now = there();
    for (Map.Entry<String, String> group : groups.entrySet()) {
      JsonNode is = now.getOrDefault(group.getKey(), MissingNode.getInstance());
      if (!ruleNames(is).equals(ruleNames(tree(group.getValue())))) {
        throw new ApplyException(
            Reason.REFUSED, api.name() + ": does not show the rules of " + group.getKey());
      }
    }
    if (now.size() != groups.size()) {
      throw new ApplyException(
          Reason.REFUSED,
          api.name() + ": shows other groups in " + namespace + ": " + now.keySet());
    }
    told.accept("checked  " + api.name() + " has all of it");
  }

  private static List<String> ruleNames(JsonNode group) {
    List<String> names = new ArrayList<>();
    for (JsonNode rule : group.path("rules")) {
      names.add(rule.path("alert").asText() + "/" + rule.path("record").asText());
    }
    return names;
  }

  private SortedMap<String, JsonNode> there() throws ApplyException {
    return groups(api.get(RULES + encoded(namespace)));
  }

  private SortedMap<String, JsonNode> groups(Reply reply) throws ApplyException {
    SortedMap<String, JsonNode> groups = new TreeMap<>();
    if (reply.status() == 404) {
      return groups; // so it says of a namespace without groups
    }
    if (!reply.ok()) {
      throw api.refused(RULES + encoded(namespace), reply);
    }
    for (JsonNode group : tree(reply.text()).path(namespace)) {
      groups.put(group.path("name").asText(), group);
    }
    return groups;
  }

  /** What is there before anything is written. */
  private SortedMap<String, JsonNode> before() throws ApplyException {
    try {
      Reply reply = api.get(RULES + encoded(namespace));
      boolean isRuler =
          reply.status() != 404 || reply.text().contains(NO_GROUPS) || api.get(API).ok();
      if (isRuler) {
        return groups(reply);
      }
    } catch (ApplyException e) {
      throw e.with(
          e.reason() == Reason.NO_ANSWER
              ? "nothing was written; is --mimir the ruler's address, and does it run?"
              : "nothing was written");
    }
    throw noRuler();
  }

  private ApplyException noRuler() {
    return new ApplyException(
        Reason.NO_ANSWER,
        api.name()
            + ": no ruler at "
            + RULES
            + namespace
            + " (status 404): --mimir is the address alone, without /prometheus or what stands"
            + " behind it; nothing was written");
  }

  private void post(String name, String yaml) throws ApplyException {
    taken(name, api.post(RULES + encoded(namespace), yaml));
  }

  private void taken(String name, Reply reply) throws ApplyException {
    if (!reply.ok()) {
      throw api.refused(RULES + namespace + " (" + name + ")", reply);
    }
  }

  private void delete(String name) throws ApplyException {
    Reply reply = api.delete(RULES + encoded(namespace) + "/" + encoded(name));
    if (!reply.ok() && reply.status() != 404) {
      throw api.refused(RULES + namespace + "/" + name, reply);
    }
  }

  private static JsonNode tree(String yaml) throws ApplyException {
    try {
      JsonNode node = new YAMLMapper().readTree(yaml);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      throw new ApplyException(Reason.REFUSED, "answers no YAML: " + e.getMessage());
    }
  }

  /** A group's name holds a slash. */
  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
