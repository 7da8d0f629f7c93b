package dev.tidemark.webhook.page;

import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.JournalView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code /api/v1/episodes/{id}/evidence/{name}}: one file, as it was captured. Only names that the
 * journal lists are served, and always as a download: a target wrote the content.
 */
record EvidenceApi(JournalView journal, EvidenceStore files) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get(Paths.EPISODES + "/{id}/evidence/{name}", this::file));
  }

  private Answer file(Ask ask) {
    String name = ask.path().getOrDefault("name", "");
    return find(ask.id(), name)
        .map(this::download)
        .orElseGet(() -> NotFound.evidence(ask.id(), name));
  }

  private Optional<Evidence> find(String episode, String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return journal.evidence(episode).stream().filter(e -> e.name().equals(name)).findFirst();
  }

  private Answer download(Evidence evidence) {
    return Answer.stream("application/octet-stream", () -> files.open(evidence))
        .with("content-disposition", "attachment; filename=\"" + evidence.name() + "\"")
        .with("content-length", Long.toString(evidence.bytes()))
        .with("content-security-policy", "default-src 'none'; sandbox");
  }
}
