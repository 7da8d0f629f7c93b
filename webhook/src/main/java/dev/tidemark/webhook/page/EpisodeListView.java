package dev.tidemark.webhook.page;

import static dev.tidemark.webhook.page.Tag.link;
import static dev.tidemark.webhook.page.Tag.tag;

import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.JournalCounts;
import dev.tidemark.webhook.journal.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page {@code /}: episodes, newest first. */
record EpisodeListView(
    Slice<Episode> episodes, EpisodeQuery query, JournalCounts counts, Instant now) {

  /** Characters of one cell. */
  private static final int MAX = 120;

  String render(Frame frame) {
    return frame.page("Episodes", Html.all(summary(), filter(), table(), older()));
  }

  private Html summary() {
    return tag(
        "p",
        counts.episodesFiring()
            + " firing · "
            + counts.waitingForApproval()
            + " waiting for approval · "
            + counts.executionsUnfinished()
            + " in progress · "
            + counts.receipts()
            + " notifications recorded");
  }

  private Html filter() {
    List<Html> links = new ArrayList<>();
    links.add(choice("all", null));
    for (EpisodeStatus status : EpisodeStatus.values()) {
      links.add(choice(status.text(), status));
    }
    return tag("p", links).attr("class", "filter");
  }

  private Html choice(String text, @Nullable EpisodeStatus status) {
    if (status == query.status()) {
      return tag("strong", text);
    }
    String word = status == null ? null : status.text();
    return link(Paths.list("/", word, query.limit(), null), text);
  }

  private Html table() {
    if (episodes.items().isEmpty()) {
      return tag("p", "No episodes. They appear when Alertmanager sends a notification.");
    }
    List<Html> rows = episodes.items().stream().map(this::row).map(Html.class::cast).toList();
    Html head =
        tag(
            "tr",
            tag("th", "Status"),
            tag("th", "Alert"),
            tag("th", "Target"),
            tag("th", "Playbook"),
            tag("th", "Outcome"),
            tag("th", "Age"));
    return tag("table", tag("thead", head), tag("tbody", rows)).attr("class", "list");
  }

  private Tag row(Episode e) {
    String name = e.alertname().isEmpty() ? e.id() : Shown.cut(e.alertname(), MAX);
    Instant end = e.closedAt() == null ? now : e.closedAt();
    return tag(
        "tr",
        tag("td", Shown.badge(e.status().text())),
        tag("td", link(Paths.page(e.id()), name)),
        tag("td", Shown.cut(TargetName.of(e.labels()), MAX)),
        tag("td", e.playbook() == null ? "" : Shown.cut(e.playbook(), MAX)),
        tag("td", Shown.outcome(e)),
        tag("td", Amounts.duration(Duration.between(e.startsAt(), end))));
  }

  private Html older() {
    String next = query.next("/", episodes);
    return next == null ? Html.NONE : tag("p", link(next, "Older episodes"));
  }
}
