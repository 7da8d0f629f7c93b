package dev.tidemark.diagnosis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.tidemark.diagnosis.goroutine.Frame;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.source.SourceView;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes reports as JSON: one as an object, several as an array. Streams, without databind, because
 * loading that takes longer than all the rest of the command.
 */
final class ReportJson {
  private final Writer out;

  ReportJson(Writer out) {
    this.out = out;
  }

  void write(List<GoroutineReport> reports) throws IOException {
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    JsonGenerator json = factory.createGenerator(out);
    json.setPrettyPrinter(new DefaultPrettyPrinter());
    if (reports.size() == 1) {
      report(json, reports.get(0));
    } else {
      json.writeStartArray();
      for (GoroutineReport report : reports) {
        report(json, report);
      }
      json.writeEndArray();
    }
    json.close();
    out.write('\n');
  }

  private static void report(JsonGenerator json, GoroutineReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", report.file());
    json.writeNumberField("goroutines", report.goroutines());
    json.writeBooleanField("truncated", report.truncated());
    json.writeArrayFieldStart("groups");
    for (GoroutineReport.Group group : report.groups()) {
      group(json, group);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void group(JsonGenerator json, GoroutineReport.Group group) throws IOException {
    json.writeStartObject();
    json.writeNumberField("count", group.count());
    json.writeStringField("state", group.state());
    if (group.waitMinutes() == null) {
      json.writeNullField("waitMinutes");
    } else {
      json.writeObjectFieldStart("waitMinutes");
      json.writeNumberField("min", group.waitMinutes().min());
      json.writeNumberField("max", group.waitMinutes().max());
      json.writeEndObject();
    }
    frame(json, "blockedAt", group.blockedAt());
    frame(json, "createdBy", group.createdBy());
    json.writeStringField("verdict", group.verdict().text());
    json.writeStringField("finding", group.finding());
    json.writeStringField("reason", group.reason());
    if (!group.baseline().isEmpty()) {
      json.writeArrayFieldStart("baseline");
      for (long count : group.baseline()) {
        json.writeNumber(count);
      }
      json.writeEndArray();
    }
    if (group.source() != null) {
      source(json, group.source());
    }
    json.writeEndObject();
  }

  private static void source(JsonGenerator json, SourceView source) throws IOException {
    json.writeObjectFieldStart("source");
    json.writeStringField("text", source.text());
    json.writeArrayFieldStart("others");
    for (SourceView.Place other : source.others()) {
      place(json, other);
    }
    json.writeEndArray();
    json.writeBooleanField("timer", source.timer());
    json.writeBooleanField("done", source.done());
    json.writeBooleanField("timeAfterInLoop", source.timeAfterInLoop());
    if (source.stopped() == null) {
      json.writeNullField("stopped");
    } else {
      json.writeFieldName("stopped");
      place(json, source.stopped());
    }
    json.writeEndObject();
  }

  private static void place(JsonGenerator json, SourceView.Place place) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", place.file());
    json.writeNumberField("line", place.line());
    json.writeStringField("text", place.text());
    json.writeEndObject();
  }

  private static void frame(JsonGenerator json, String name, @Nullable Frame frame)
      throws IOException {
    if (frame == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeStringField("function", frame.function());
    json.writeStringField("file", frame.file());
    if (frame.line() == null) {
      json.writeNullField("line");
    } else {
      json.writeNumberField("line", frame.line());
    }
    json.writeEndObject();
  }
}
