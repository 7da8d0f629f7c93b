package dev.tidemark.webhook.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.JournalView;
import dev.tidemark.webhook.journal.Slice;
import java.util.List;

/** {@code /api/v1/episodes} and one of them. */
record EpisodeApi(JournalView journal) {

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(Paths.EPISODES, this::list),
        Endpoint.get(Paths.EPISODES + "/{id}", this::one));
  }

  private Answer list(Ask ask) throws BadRequest {
    EpisodeQuery query = EpisodeQuery.of(ask.query());
    Slice<Episode> slice = query.read(journal);
    ObjectNode body = Json.object();
    body.set("episodes", Json.array(slice.items(), EpisodeJson::summary));
    body.put("next", query.next(Paths.EPISODES, slice));
    return Answer.json(200, Json.write(body));
  }

  private Answer one(Ask ask) {
    return Dossier.read(journal, ask.id())
        .map(dossier -> Answer.json(200, Json.write(EpisodeJson.whole(dossier))))
        .orElseGet(() -> NotFound.episode(ask.id()));
  }
}
