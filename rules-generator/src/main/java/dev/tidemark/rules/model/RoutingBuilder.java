package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.InhibitSpec;
import dev.tidemark.rules.spec.Rate;
import dev.tidemark.rules.spec.ReceiverSpec;
import dev.tidemark.rules.spec.RoutingSpec;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.rules.spec.Spec;
import dev.tidemark.rules.spec.TeamSpec;
import dev.tidemark.rules.spec.WebhookSpec;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks teams, receivers, timings and inhibitions. */
final class RoutingBuilder {
  /** To Alertmanager all labels, and refused beside any of them. */
  private static final String ALL_LABELS = "...";

  private final Spec spec;
  private final Complaints complaints;
  private final Names names;
  private final TimeIntervals intervals;

  RoutingBuilder(Spec spec, Complaints complaints) {
    this.spec = spec;
    this.complaints = complaints;
    this.names = new Names(complaints);
    this.intervals = new TimeIntervals(spec, complaints);
  }

  Routing build() {
    List<String> receivers = receivers();
    intervals.check();
    RoutingSpec routing = spec.routing();
    timings(routing);
    for (Placed<String> label : routing.groupBy()) {
      if (!label.value().equals(ALL_LABELS)) {
        names.label("groupBy", label, label.value());
      } else if (routing.groupBy().size() > 1) {
        complaints.add(
            label,
            "groupBy: found ... beside others, needs ... alone (each alert by itself) or labels");
      }
    }
    names.unique("groupBy:", routing.groupBy());
    return new Routing(
        routing.groupBy().stream().map(Placed::value).toList(),
        routing.groupWait().value(),
        routing.groupInterval().value(),
        routing.repeatInterval().value(),
        fallback(routing, receivers),
        teams(receivers),
        spec.receivers(),
        spec.inhibit().stream().map(this::inhibition).toList(),
        spec.timeIntervals());
  }

  private List<String> receivers() {
    if (spec.receivers().isEmpty() && spec.isWhole()) {
      complaints.add(
          spec.target().alertmanager().place(), "receivers: needs at least one receiver");
    }
    names.unique("the receiver", spec.receivers().stream().map(ReceiverSpec::name).toList());
    for (ReceiverSpec receiver : spec.receivers()) {
      names.visible("name", receiver.name());
      WebhookSpec webhook = receiver.webhook();
      if (webhook != null) {
        webhook(webhook);
      }
    }
    return spec.receivers().stream().map(ReceiverSpec::name).map(Placed::value).toList();
  }

  private void webhook(WebhookSpec webhook) {
    if ((webhook.url() == null) == (webhook.urlFile() == null)) {
      complaints.add(webhook.place(), "webhook: needs either url or urlFile");
    }
    Placed<String> file = webhook.urlFile();
    if (file != null && !Feature.URL_FILE.isIn(spec.target())) {
      complaints.add(
          file, "urlFile: " + Feature.URL_FILE.missing(spec.target()) + " in target.alertmanager");
    }
    if (file != null) {
      names.visible("urlFile", file, 1024);
    }
    if (webhook.url() != null) {
      new Addresses(complaints).check(webhook.url());
    }
    if (webhook.maxAlerts().value() < 0) {
      complaints.add(webhook.maxAlerts(), "maxAlerts: needs 0 (all) or more");
    }
    if (webhook.httpConfig() != null) {
      new Credentials(complaints).check(webhook.httpConfig());
    }
  }

  private void timings(RoutingSpec routing) {
    positive("groupInterval", routing.groupInterval());
    positive("repeatInterval", routing.repeatInterval());
    Duration group = routing.groupInterval().value();
    Duration repeat = routing.repeatInterval().value();
    if (repeat.compareTo(group) < 0) {
      complaints.add(
          routing.repeatInterval(),
          "repeatInterval: found "
              + PromDuration.format(repeat)
              + ", needs at least groupInterval ("
              + PromDuration.format(group)
              + "), or Alertmanager repeats at that");
    }
  }

  private void positive(String key, Placed<Duration> duration) {
    if (duration.value().isZero()) {
      complaints.add(duration, key + ": needs more than 0, Alertmanager refuses it");
    }
  }

  private String fallback(RoutingSpec routing, List<String> receivers) {
    Placed<String> said = routing.receiver();
    if (said == null) {
      return receivers.isEmpty() ? "" : receivers.get(0);
    }
    known("receiver", said, receivers);
    return said.value();
  }

  private List<Routing.Team> teams(List<String> receivers) {
    names.unique("the team", spec.teams().stream().map(TeamSpec::name).toList());
    for (TeamSpec team : spec.teams()) {
      names.plain("name", team.name());
      known("receiver", team.receiver(), receivers);
      pages(team, receivers);
      if (isSilent(team.receiver().value())) {
        complaints.warn(
            team.receiver(), "receiver: has no webhook, so the team's alerts reach nobody");
      }
    }
    return spec.teams().stream().map(this::team).toList();
  }

  private void pages(TeamSpec team, List<String> receivers) {
    Placed<String> pages = team.pages();
    if (pages == null) {
      return;
    }
    known("pages", pages, receivers);
    if (pages.value().equals(team.receiver().value())) {
      complaints.add(pages, "pages: is the team's receiver already, which gets all of its alerts");
    } else if (isSilent(pages.value())) {
      complaints.warn(pages, "pages: has no webhook, so critical alerts page nobody");
    }
  }

  private Routing.Team team(TeamSpec team) {
    Map<Severity, Rate> budget = new EnumMap<>(Severity.class);
    if (team.alertBudget() != null) {
      team.alertBudget().said().forEach((severity, rate) -> budget.put(severity, rate.value()));
    }
    intervals.known("mute", team.mute());
    intervals.known("activeTimes", team.activeTimes());
    List<String> muted = team.mute().stream().map(Placed::value).toList();
    if (!muted.isEmpty() && !team.activeTimes().isEmpty()) {
      if (team.activeTimes().stream().allMatch(active -> muted.contains(active.value()))) {
        complaints.add(
            team.activeTimes().get(0),
            "activeTimes: all of them are in mute, too: the team would never be told");
      }
    }
    return new Routing.Team(
        team.name().value(),
        team.receiver().value(),
        Optional.ofNullable(team.pages()).map(Placed::value),
        budget,
        team.mute().stream().map(Placed::value).toList(),
        team.activeTimes().stream().map(Placed::value).toList());
  }

  /** A receiver without a webhook is how somebody says: nobody. */
  private boolean isSilent(String receiver) {
    return spec.receivers().stream()
        .anyMatch(r -> r.name().value().equals(receiver) && r.webhook() == null);
  }

  private void known(String key, Placed<String> receiver, List<String> receivers) {
    if (!receivers.contains(receiver.value()) && spec.knowsNames()) {
      complaints.add(
          receiver, key + ": " + ModelBuilder.unknown("receiver", receiver.value(), receivers));
    }
  }

  private Routing.Inhibition inhibition(InhibitSpec inhibit) {
    if (inhibit.equal().isEmpty()) {
      complaints.add(
          inhibit.place(),
          "equal: needs at least one label, or one alert anywhere holds back all others");
    }
    inhibit.equal().forEach(label -> names.label("equal", label, label.value()));
    return new Routing.Inhibition(
        inhibit.place(),
        matchers("source", inhibit, inhibit.source()),
        matchers("target", inhibit, inhibit.target()),
        inhibit.equal().stream().map(Placed::value).toList());
  }

  private SortedMap<String, String> matchers(
      String key, InhibitSpec inhibit, Map<String, Placed<String>> said) {
    if (said.isEmpty()) {
      complaints.add(inhibit.place(), key + ": needs at least one label");
    }
    SortedMap<String, String> matchers = new TreeMap<>();
    said.forEach(
        (name, value) -> {
          names.label(key, value, name);
          names.visible(key, value);
          matchers.put(name, value.value());
        });
    return matchers;
  }
}
