package dev.tidemark.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.gctrace.GcReport;
import dev.tidemark.diagnosis.oom.OomReport;
import dev.tidemark.diagnosis.sched.SchedReport;
import dev.tidemark.diagnosis.size.SizeReport;
import dev.tidemark.diagnosis.trace.TraceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Schemas of reports that are written as the records they are: made from these, and kept. */
class RuntimeSchemasTest {
  private static final Map<String, Class<? extends Record>> VERBS =
      Map.of(
          "gctrace", GcReport.class,
          "oom", OomReport.class,
          "size", SizeReport.class,
          "schedtrace", SchedReport.class,
          "trace", TraceReport.class);

  @Test
  void the_documented_schemas_are_those_of_the_records() throws IOException {
    for (Map.Entry<String, Class<? extends Record>> verb : VERBS.entrySet()) {
      Path file = Path.of("..", "docs", "schemas", verb.getKey() + ".schema.json");
      String schema = RecordSchema.of(verb.getKey(), verb.getValue());
      if (Boolean.getBoolean("tidemark.schemas.write")) {
        Files.writeString(file, schema);
      }
      assertThat(Files.readString(file))
          .as("-Dtidemark.schemas.write=true writes %s", file)
          .isEqualTo(schema);
    }
  }
}
