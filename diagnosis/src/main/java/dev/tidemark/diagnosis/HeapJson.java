package dev.tidemark.diagnosis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.tidemark.diagnosis.heap.Frame;
import dev.tidemark.diagnosis.heap.HeapReport;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what grew as JSON; the fields are documented in docs/diagnosis.md. */
final class HeapJson {
  private final Writer out;
  private final int top;

  HeapJson(Writer out, int top) {
    this.out = out;
    this.top = top;
  }

  void write(HeapReport report, @Nullable Per per) throws IOException {
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try (JsonGenerator json = factory.createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      head(json, report, per);
      json.writeArrayFieldStart("functions");
      for (HeapReport.FunctionDelta function : first(report.functions())) {
        json.writeStartObject();
        json.writeStringField("function", function.function());
        json.writeNumberField("flatDelta", function.flatDelta());
        json.writeNumberField("cumDelta", function.cumDelta());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("paths");
      for (HeapReport.PathDelta path : first(report.paths())) {
        path(json, path, per);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("clusters");
      for (HeapReport.Cluster cluster : first(report.clusters())) {
        cluster(json, cluster);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void head(JsonGenerator json, HeapReport report, @Nullable Per per)
      throws IOException {
    json.writeStringField("sampleType", report.sampleType());
    json.writeStringField("unit", report.unit());
    json.writeObjectFieldStart("total");
    json.writeNumberField("base", report.total().base());
    json.writeNumberField("target", report.total().target());
    json.writeNumberField("delta", report.total().delta());
    json.writeEndObject();
    number(json, "seconds", report.seconds());
    if (per == null) {
      json.writeNullField("per");
    } else {
      json.writeObjectFieldStart("per");
      json.writeStringField("unit", per.unit());
      json.writeNumberField("amount", per.amount());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("nodes");
    for (HeapReport.Node node : report.nodes()) {
      json.writeStartObject();
      json.writeStringField("base", node.base());
      json.writeStringField("target", node.target());
      json.writeNumberField("delta", node.delta());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void path(JsonGenerator json, HeapReport.PathDelta path, @Nullable Per per)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("rank", path.rank());
    json.writeNumberField("base", path.base());
    json.writeNumberField("delta", path.delta());
    count(json, "objects", path.objects());
    json.writeNumberField("share", path.share());
    number(json, "perUnit", per == null ? null : per.of(path.delta()));
    json.writeNumberField("growingOn", path.growingOn());
    json.writeStringField("verdict", path.finding().verdict().text());
    json.writeStringField("finding", path.finding().id());
    json.writeStringField("reason", path.finding().reason());
    stack(json, "stack", path.stack());
    json.writeEndObject();
  }

  private static void cluster(JsonGenerator json, HeapReport.Cluster cluster) throws IOException {
    json.writeStartObject();
    json.writeFieldName("at");
    frame(json, cluster.at());
    json.writeNumberField("delta", cluster.delta());
    count(json, "objects", cluster.objects());
    json.writeArrayFieldStart("ranks");
    for (int rank : cluster.ranks()) {
      json.writeNumber(rank);
    }
    json.writeEndArray();
    stack(json, "shared", cluster.shared());
    json.writeEndObject();
  }

  private static void stack(JsonGenerator json, String name, List<Frame> stack) throws IOException {
    json.writeArrayFieldStart(name);
    for (Frame frame : stack) {
      frame(json, frame);
    }
    json.writeEndArray();
  }

  private static void frame(JsonGenerator json, Frame frame) throws IOException {
    json.writeStartObject();
    json.writeStringField("function", frame.function());
    json.writeStringField("file", frame.file().isEmpty() ? null : frame.file());
    if (frame.line() == 0) {
      json.writeNullField("line");
    } else {
      json.writeNumberField("line", frame.line());
    }
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, @Nullable Double value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  private static void count(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  private <T> List<T> first(List<T> list) {
    return list.subList(0, Math.min(top, list.size()));
  }
}
