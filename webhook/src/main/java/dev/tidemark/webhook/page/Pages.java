package dev.tidemark.webhook.page;

import dev.tidemark.webhook.journal.JournalView;
import java.time.InstantSource;
import java.util.List;

/** The pages for people. */
record Pages(JournalView journal, InstantSource clock) {

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/", this::list),
        Endpoint.get("/episodes/{id}", this::one),
        Endpoint.get("/style.css", ask -> Resources.style()),
        Endpoint.get("/api/v1/openapi.yaml", ask -> Resources.openApi()));
  }

  private Answer list(Ask ask) throws BadRequest {
    EpisodeQuery query = EpisodeQuery.of(ask.query());
    EpisodeListView view =
        new EpisodeListView(query.read(journal), query, journal.counts(), clock.instant());
    return Answer.html(200, view.render(frame(ask)));
  }

  private Answer one(Ask ask) {
    return Dossier.read(journal, ask.id())
        .map(found -> Answer.html(200, new EpisodeView(found, clock.instant()).render(frame(ask))))
        .orElseGet(
            () -> Answer.html(404, ErrorView.render("No episode \"" + Shown.cut(ask.id()) + "\"")));
  }

  private Frame frame(Ask ask) {
    return new Frame(journal.pause(), ask.caller());
  }
}
