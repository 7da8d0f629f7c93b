package dev.tidemark.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.StrictYaml;
import dev.tidemark.webhook.evidence.EvidenceFolder;
import dev.tidemark.webhook.intake.IntakeRoute;
import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.SqliteJournal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  @TempDir Path folder;

  @Test
  void the_description_names_exactly_the_routes_there_are() throws Exception {
    Set<String> routes = new TreeSet<>(Set.of("POST " + IntakeRoute.PATH));
    try (SqliteJournal journal = SqliteJournal.open(folder, 1, SqliteJournal.Watching.NOBODY)) {
      var evidence = new EvidenceFolder(folder, CrashHook.NONE);
      for (Endpoint e : PageRoutes.endpoints(journal, evidence, InstantSource.system())) {
        if (e.path().startsWith("/api/")) {
          routes.add(e.method() + " " + e.path());
        }
      }
    }
    JsonNode description =
        StrictYaml.read("openapi.yaml", Resources.openApi().body(), JsonNode.class);
    Set<String> described = new TreeSet<>();
    for (var path : description.get("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method ->
                  described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()));
    }
    assertThat(described).isEqualTo(routes);
  }

  @Test
  void every_reference_in_the_description_leads_somewhere() throws Exception {
    JsonNode description =
        StrictYaml.read("openapi.yaml", Resources.openApi().body(), JsonNode.class);
    for (JsonNode reference : description.findValues("$ref")) {
      assertThat(description.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
    }
  }
}
