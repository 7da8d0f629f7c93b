package dev.tidemark.webhook.page;

import static dev.tidemark.webhook.page.Tag.link;
import static dev.tidemark.webhook.page.Tag.tag;

import dev.tidemark.webhook.access.Role;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of one episode: what came of it first, then what was found, then how it went. */
record EpisodeView(Dossier dossier, Instant now) {

  String render(Frame frame) {
    Episode e = dossier.episode();
    String name = e.alertname().isEmpty() ? e.id() : Shown.cut(e.alertname());
    Html content =
        Html.all(
            tag("h1", Html.text(name + " "), Shown.badge(e.status().text())),
            tag("p", Shown.outcome(e)),
            approval(frame),
            findings(),
            section("Timeline", timeline()),
            section("Evidence", evidence()),
            section("Alert", alert()),
            plan());
    return frame.page(name, content);
  }

  private Html approval(Frame frame) {
    if (dossier.waiting().isEmpty()) {
      return Html.NONE;
    }
    Execution plan = dossier.waiting().get();
    String text =
        "Playbook " + plan.playbook() + " waits for approval to act on " + plan.target() + ".";
    if (!frame.caller().roles().contains(Role.APPROVER)) {
      return tag("p", text + " You have no role that may give it.").attr("class", "ask");
    }
    String id = dossier.episode().id();
    return tag(
            "section",
            tag("p", text),
            answer(id, plan, "approve", "Approve this plan"),
            answer(id, plan, "refuse", "Refuse"))
        .attr("class", "ask");
  }

  private static Html answer(String id, Execution plan, String verb, String button) {
    return Forms.form(
        Paths.api(id) + "/" + verb,
        Forms.hidden("planHash", plan.planHash()),
        Forms.field("comment", "comment"),
        Forms.button(button, verb));
  }

  private Html findings() {
    return Html.all(dossier.finding().map(EpisodeView::finding).map(List::of).orElse(List.of()));
  }

  private static Html finding(Finding f) {
    Html place = Html.NONE;
    if (f.function() != null) {
      String where = f.file() == null ? "" : " at " + f.file() + ":" + f.line();
      place = tag("p", tag("code", Shown.cut(f.function() + where)));
    }
    return tag(
            "section",
            tag("h2", Html.text("Finding "), Shown.badge(f.verdict())),
            place,
            tag("p", Shown.cut(f.text())))
        .attr("class", "finding");
  }

  private Html timeline() {
    List<Html> items = new ArrayList<>();
    for (TimelineEntry entry : Timeline.of(dossier)) {
      items.add(
          tag(
              "li",
              Amounts.time(entry.at()),
              Html.text(" "),
              tag("b", entry.kind()),
              Html.text(" "),
              Shown.badge(entry.state()),
              Html.text(" "),
              title(entry),
              tag("div", Shown.cut(entry.text()))));
    }
    return tag("ol", items).attr("class", "timeline");
  }

  private Html title(TimelineEntry entry) {
    return entry.kind().equals("evidence")
        ? link(Paths.evidence(dossier.episode().id(), entry.title()), entry.title())
        : Html.text(Shown.cut(entry.title()));
  }

  private Html evidence() {
    if (dossier.evidence().isEmpty()) {
      return tag("p", "None was captured.");
    }
    List<Html> rows = new ArrayList<>();
    for (Evidence e : dossier.evidence()) {
      rows.add(
          tag(
              "tr",
              tag("td", link(Paths.evidence(dossier.episode().id(), e.name()), e.name())),
              tag("td", Amounts.bytes(e.bytes())),
              tag("td", Amounts.time(e.at())),
              tag("td", tag("code", "sha256 " + Shown.cut(e.sha256(), 64)))));
    }
    return tag("table", tag("tbody", rows)).attr("class", "list");
  }

  private Html alert() {
    Episode e = dossier.episode();
    List<Html> rows = new ArrayList<>();
    rows.add(row("episode", tag("code", e.id())));
    rows.add(row("fires since", Amounts.time(e.startsAt())));
    Instant end = e.closedAt() == null ? now : e.closedAt();
    rows.add(row("for", Html.text(Amounts.duration(Duration.between(e.startsAt(), end)))));
    if (e.closedAt() != null) {
      rows.add(row("closed", Amounts.time(e.closedAt())));
    }
    rows.add(row("receiver", Html.text(Shown.cut(e.receiver()))));
    if (e.truncatedAlerts() > 0) {
      rows.add(row("left out of the group", Html.text(e.truncatedAlerts() + " alerts")));
    }
    if (!e.generatorUrl().isEmpty()) {
      rows.add(row("expression", Tag.outside(e.generatorUrl(), Shown.cut(e.generatorUrl()))));
    }
    e.labels().forEach((name, value) -> rows.add(row("label", pair(name, value))));
    for (Map.Entry<String, String> a : e.annotations().entrySet()) {
      rows.add(row("annotation", pair(a.getKey(), a.getValue())));
    }
    return tag("table", tag("tbody", rows));
  }

  private static Html pair(String name, String value) {
    return Html.all(
        tag("code", Shown.cut(name)), Html.text(" "), Tag.outside(value, Shown.cut(value)));
  }

  private static Tag row(String name, Html value) {
    return tag("tr", tag("th", name).attr("scope", "row"), tag("td", value));
  }

  private Html plan() {
    return dossier
        .execution()
        .map(
            e ->
                section(
                    "Plan",
                    Html.all(
                        tag(
                            "p",
                            "Playbook %s, mode %s, target %s, state %s."
                                .formatted(e.playbook(), e.mode(), e.target(), e.state().text())),
                        tag(
                            "details",
                            tag("summary", "as JSON"),
                            tag("pre", Json.pretty(e.plan()))))))
        .orElse(Html.NONE);
  }

  private static Html section(String title, Html content) {
    return tag("section", tag("h2", title), content);
  }
}
