package dev.tidemark.diagnosis;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The documented schemas of what the commands write: docs/schemas/VERB.schema.json. */
final class Schemas {
  private Schemas() {}

  /** What is wrong with a verb's output by its schema; empty when nothing is. */
  static List<String> problems(String verb, String json) {
    try {
      String schema = Files.readString(Path.of("..", "docs", "schemas", verb + ".schema.json"));
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(schema)
          .validate(json, InputFormat.JSON)
          .stream()
          .map(Object::toString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
