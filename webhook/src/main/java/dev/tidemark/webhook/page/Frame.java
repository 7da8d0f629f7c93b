package dev.tidemark.webhook.page;

import static dev.tidemark.webhook.page.Tag.link;
import static dev.tidemark.webhook.page.Tag.tag;

import dev.tidemark.webhook.access.Caller;
import dev.tidemark.webhook.access.Role;
import dev.tidemark.webhook.journal.Pause;

/** What every page has around its content. */
record Frame(Pause pause, Caller caller) {

  String page(String title, Html content) {
    Html head =
        tag(
            "head",
            tag("meta").attr("charset", "utf-8"),
            tag("meta")
                .attr("name", "viewport")
                .attr("content", "width=device-width, initial-scale=1"),
            tag("title", title + " · Tidemark"),
            tag("link").attr("rel", "stylesheet").path("href", "/style.css"));
    Html header =
        tag("header", tag("nav", link("/", "Tidemark"), Html.text(" episodes")), pauseLine());
    Html body = tag("body", header, tag("main", content), footer());
    return "<!doctype html>\n" + tag("html", head, body).attr("lang", "en").render() + "\n";
  }

  private Html pauseLine() {
    if (!pause.paused()) {
      return Html.NONE;
    }
    return tag("p")
        .attr("class", "paused")
        .with(
            Html.text("Paused by " + pause.by() + " since "),
            Amounts.time(pause.since()),
            Html.text(pause.reason().isEmpty() ? "" : ": " + pause.reason()),
            Html.text(". Notifications are still recorded; nothing is acted on."));
  }

  private Html footer() {
    return tag(
        "footer",
        Html.text(caller.name() + " · "),
        link("/api/v1/openapi.yaml", "API"),
        Html.text(" · "),
        link("/metrics", "metrics"),
        Html.text(" "),
        caller.roles().contains(Role.OPERATOR) ? pauseForm() : Html.NONE);
  }

  private Html pauseForm() {
    return pause.paused()
        ? Forms.form("/api/v1/resume", Forms.button("Resume all playbooks", "plain"))
        : Forms.form(
            "/api/v1/pause",
            Forms.field("reason", "why"),
            Forms.button("Pause all playbooks", "plain"));
  }
}
