package dev.tidemark.webhook.page;

import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.JournalView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
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

  private Answer file(Ask ask) throws IOException {
    String name = ask.path().getOrDefault("name", "");
    Optional<Evidence> found = find(ask.id(), name);
    if (found.isEmpty()) {
      return NotFound.evidence(ask.id(), name);
    }
    try {
      return download(found.get(), files.open(found.get()));
    } catch (NoSuchFileException e) {
      return NotFound.gone(name);
    }
  }

  private Optional<Evidence> find(String episode, String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return journal.evidence(episode).stream().filter(e -> e.name().equals(name)).findFirst();
  }

  private static Answer download(Evidence evidence, InputStream content) {
    return Answer.stream("application/octet-stream", content)
        .with("content-disposition", "attachment; filename=\"" + evidence.name() + "\"")
        .with("content-length", Long.toString(evidence.bytes()))
        .with("content-security-policy", "default-src 'none'; sandbox");
  }
}
