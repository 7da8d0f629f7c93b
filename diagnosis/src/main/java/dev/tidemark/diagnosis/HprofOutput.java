package dev.tidemark.diagnosis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.tidemark.diagnosis.finding.Quantity;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.hprof.HprofReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what grew between two heap dumps of a JVM: text, JSON (docs/diagnosis.md) or a page. */
final class HprofOutput {
  private final PrintWriter out;
  private final int top;

  HprofOutput(PrintWriter out, int top) {
    this.out = out;
    this.top = top;
  }

  void text(HprofReport report, Paint paint) {
    out.printf("%s -> %s%n", Paint.safe(report.base()), Paint.safe(report.target()));
    out.printf(
        "%s -> %s objects, %s -> %s%s%n",
        Quantity.count(report.objects().base()),
        Quantity.count(report.objects().target()),
        Quantity.bytes(report.bytes().base()),
        Quantity.bytes(report.bytes().target()),
        early(report.base(), report.baseEndsAt()) + early(report.target(), report.targetEndsAt()));
    for (HprofReport.ClassGrowth growth : first(report.classes())) {
      Verdict verdict = growth.finding().verdict();
      out.printf(
          "%s  %12s  %s%n",
          paint.verdict(verdict, "%-7s".formatted(verdict.text())),
          (growth.bytes().delta() > 0 ? "+" : "") + Quantity.bytes(growth.bytes().delta()),
          Paint.safe(growth.name() + ": " + growth.finding().reason()));
    }
    if (report.pathsLeftOut() != null) {
      out.println(report.pathsLeftOut());
    }
    for (HprofReport.HeldBy held : first(report.paths())) {
      out.printf(
          "%n%s %s of %s, %s more than before, are held by%n",
          Quantity.count(held.objects()),
          Quantity.percent(held.share()),
          Paint.safe(held.name()),
          Quantity.count(held.gained()));
      held.steps().forEach(step -> out.printf("           %s%n", Paint.safe(place(step))));
    }
  }

  private static String early(String file, @Nullable Long endsAt) {
    return endsAt == null
        ? ""
        : " (%s is truncated: it ends early, at byte %d)".formatted(Paint.safe(file), endsAt);
  }

  void html(HprofReport report) {
    try (HtmlPage page = new HtmlPage(out, "Heap growth")) {
      page.heading(report.base() + " to " + report.target());
      page.table(List.of("verdict", "objects", "bytes", "class", "reason"));
      for (HprofReport.ClassGrowth growth : first(report.classes())) {
        page.row(
            growth.finding().verdict(),
            List.of(
                Quantity.count(growth.objects().delta()),
                Quantity.bytes(growth.bytes().delta()),
                growth.name(),
                growth.finding().reason()));
      }
      page.endTable();
      for (HprofReport.HeldBy held : first(report.paths())) {
        page.paragraph(
            "%s of %s, %s more than before, are held by"
                .formatted(
                    Quantity.count(held.objects()), held.name(), Quantity.count(held.gained())));
        page.preformatted(
            held.steps().stream().map(HprofOutput::place).collect(Collectors.joining("\n")));
      }
    }
  }

  void json(HprofReport report) throws IOException {
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try (JsonGenerator json = factory.createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("base", report.base());
      json.writeStringField("target", report.target());
      json.writeBooleanField("truncated", report.truncated());
      json.writeObjectField("baseEndsAt", report.baseEndsAt());
      json.writeObjectField("targetEndsAt", report.targetEndsAt());
      totals(json, "objects", report.objects());
      totals(json, "bytes", report.bytes());
      json.writeArrayFieldStart("classes");
      for (HprofReport.ClassGrowth growth : first(report.classes())) {
        json.writeStartObject();
        json.writeStringField("class", growth.name());
        totals(json, "objects", growth.objects());
        totals(json, "bytes", growth.bytes());
        json.writeStringField("verdict", growth.finding().verdict().text());
        json.writeStringField("finding", growth.finding().id());
        json.writeStringField("reason", growth.finding().reason());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeStringField("pathsLeftOut", report.pathsLeftOut());
      json.writeArrayFieldStart("paths");
      for (HprofReport.HeldBy held : first(report.paths())) {
        held(json, held);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void held(JsonGenerator json, HprofReport.HeldBy held) throws IOException {
    json.writeStartObject();
    json.writeStringField("class", held.name());
    json.writeNumberField("objects", held.objects());
    json.writeNumberField("gained", held.gained());
    json.writeNumberField("share", held.share());
    json.writeArrayFieldStart("steps");
    for (HprofReport.Step step : held.steps()) {
      json.writeStartObject();
      json.writeStringField("class", step.name());
      json.writeBooleanField("static", step.isStatic());
      json.writeStringField("field", step.field());
      json.writeNumberField("repeated", step.repeated());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void totals(JsonGenerator json, String name, HprofReport.Totals totals)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("base", totals.base());
    json.writeNumberField("target", totals.target());
    json.writeNumberField("delta", totals.delta());
    json.writeEndObject();
  }

  private static String place(HprofReport.Step step) {
    return (step.isStatic() ? "static " : "")
        + step.name()
        + (step.field() == null ? "" : "[]".equals(step.field()) ? "" : "." + step.field())
        + (step.repeated() > 1 ? " (" + step.repeated() + " in a row)" : "");
  }

  private <T> List<T> first(List<T> list) {
    return list.subList(0, Math.min(top, list.size()));
  }
}
