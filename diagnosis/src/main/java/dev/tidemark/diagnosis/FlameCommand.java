package dev.tidemark.diagnosis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.tidemark.diagnosis.flame.FlameNode;
import dev.tidemark.diagnosis.flame.FlamePage;
import dev.tidemark.diagnosis.flame.FlameTree;
import dev.tidemark.diagnosis.flame.FoldedStacks;
import dev.tidemark.diagnosis.heap.HeapDiff;
import dev.tidemark.diagnosis.heap.HeapOptions;
import dev.tidemark.diagnosis.heap.StackSum;
import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.ProfileLimits;
import dev.tidemark.diagnosis.pprof.ProfileReader;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a profile, or the difference of two, as a flame graph. */
@Command(
    name = "flame",
    description = {
      "Draws a pprof profile as a flame graph, with --base the difference of two: text gives folded"
          + " stacks, json the tree, html a page that needs nothing else.",
      "Exit code: 0, 2 for a file that holds no profile."
    })
final class FlameCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A profile; - is standard input.")
  private String file = "";

  @Option(names = "--base", paramLabel = "FILE", description = "The profile before.")
  private @Nullable String base;

  @Option(
      names = "--sample-type",
      paramLabel = "TYPE",
      description = "What to draw; default: inuse_space, else what the profile shows first.")
  private String sampleType = "";

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    String before = base;
    EvidenceFile.once(List.of(file), before == null ? List.of() : List.of(before));
    Profile target = read(file);
    HeapDiff diff = new HeapDiff(new HeapOptions(sampleType, HeapOptions.DEFAULT_THRESHOLD));
    try {
      diff.add(
          before == null ? "" : before,
          before == null ? target.withoutSamples() : read(before),
          file,
          target);
    } catch (BadInputException e) {
      throw new ExitException(Cli.INVALID, file + " " + e.getMessage());
    }
    List<StackSum> stacks = diff.stacks();
    FlameTree tree = FlameTree.of(diff.type().type(), diff.type().unit(), before != null, stacks);
    PrintWriter out = output.out();
    switch (output.format()) {
      case text -> FoldedStacks.write(out, before != null, stacks);
      case json -> json(out, tree);
      case html -> FlamePage.write(out, before == null ? file : before + " to " + file, tree);
    }
    out.flush();
    return Cli.OK;
  }

  private static Profile read(String file) throws IOException {
    return EvidenceFile.read(file, in -> ProfileReader.read(in, ProfileLimits.defaults()));
  }

  private static void json(PrintWriter out, FlameTree tree) throws IOException {
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try (JsonGenerator json = factory.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("sampleType", tree.sampleType());
      json.writeStringField("unit", tree.unit());
      json.writeBooleanField("difference", tree.difference());
      json.writeFieldName("root");
      node(json, tree.root());
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void node(JsonGenerator json, FlameNode node) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", node.name());
    json.writeNumberField("value", node.value());
    json.writeNumberField("base", node.base());
    json.writeArrayFieldStart("children");
    for (FlameNode child : node.children()) {
      node(json, child);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
