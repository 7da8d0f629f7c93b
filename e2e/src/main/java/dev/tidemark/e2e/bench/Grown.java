package dev.tidemark.e2e.bench;

import dev.tidemark.exporter.ExporterConfig;
import dev.tidemark.exporter.Fingerprint;
import dev.tidemark.exporter.checkpoint.Aside;
import dev.tidemark.exporter.checkpoint.Block;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.checkpoint.CheckpointListener;
import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.checkpoint.StateReader;
import dev.tidemark.exporter.checkpoint.Storage;
import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.toolkit.launch.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a checkpoint of many times the targets out of one that an exporter has learnt: to learn a
 * week of 100,000 series would take an hour, and what is measured on it is not how it was learnt.
 * The copies are targets of {@link BenchFleet} with numbers that follow.
 */
final class Grown implements StateReader<Grown.Part, Grown.State> {
  // as the exporter writes them (exporter's FleetBlocks); a change there is seen by GrownTest
  private static final int TARGETS = 2;
  private static final int WORKLOADS = 3;
  private static final int NAMED = 1;

  private static final Pattern INSTANCE = Pattern.compile("10\\.(\\d+)\\.(\\d+)\\.(\\d+):8080");
  private static final Pattern NAME = Pattern.compile("service-(\\d+)(-5d4f8c7bb-([2-9b-z]{5}))?");

  static final CheckpointListener QUIET = new Quiet();

  /** A block as it was read, its entries apart. */
  record Part(int kind, List<byte[]> entries) {}

  /** What is sealed again. */
  record State(long slot, List<Block> blocks) {}

  private final int targets;
  private final int copies;

  private Grown(int targets, int copies) {
    this.targets = targets;
    this.copies = copies;
  }

  /**
   * Replaces the newest checkpoint in a folder.
   *
   * @param targets how many it holds
   * @param copies how many times as many it holds then
   * @return the last slot that was judged
   */
  static Instant grow(
      Path storage, ExporterConfig config, int targets, int copies, InstantSource clock)
      throws IOException {
    try (Storage folder = Storage.open(storage, QUIET, clock)) {
      Shelf shelf =
          folder.shelf(
              new Shelf.Label(
                  config.sources().get(0).name(),
                  Fingerprint.of(config, Shard.WHOLE),
                  config.history(),
                  Version.text()));
      State state =
          shelf
              .open(new Grown(targets, copies))
              .orElseThrow(() -> new IOException(storage + " holds no checkpoint"));
      if (!shelf.seal(state.slot(), state.blocks())) {
        throw new IOException(storage + ": the larger checkpoint could not be written");
      }
      return Instant.ofEpochMilli(state.slot());
    }
  }

  @Override
  public Optional<Part> block(int kind, BlockInput in) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (int i = in.readCount(); i > 0; i--) {
      entries.add(rest(in.nextSection().body()));
    }
    return Optional.of(new Part(kind, entries));
  }

  private static byte[] rest(BlockInput in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (in.hasMore()) {
      bytes.write(in.readByte());
    }
    return bytes.toByteArray();
  }

  private static void copyRest(BlockInput in, BlockOutput out) throws IOException {
    while (in.hasMore()) {
      out.write(in.readByte());
    }
  }

  @Override
  public State state(long slot, List<Part> parts) {
    List<Block> blocks = new ArrayList<>();
    for (Part part : parts) {
      boolean copied = part.kind() == TARGETS || part.kind() == WORKLOADS;
      for (int copy = 0; copy < (copied ? copies : 1); copy++) {
        blocks.add(new Copy(part, copy * targets));
      }
    }
    return new State(slot, blocks);
  }

  /** A block with its targets called after those that many numbers further. */
  private record Copy(Part part, int further) implements Block {
    @Override
    public int kind() {
      return part.kind();
    }

    @Override
    public void write(BlockOutput out) throws IOException {
      out.writeInt(part.entries().size());
      for (byte[] entry : part.entries()) {
        int begin = out.beginSection(kind());
        if (further == 0) {
          out.write(entry);
        } else {
          entry(new BlockInput(entry), out);
        }
        out.endSection(begin);
      }
    }

    private void entry(BlockInput in, BlockOutput out) throws IOException {
      while (in.hasMore()) {
        BlockInput.Section section = in.nextSection();
        int begin = out.beginSection(section.type());
        if (section.type() == NAMED) {
          named(section.body(), out);
        } else {
          copyRest(section.body(), out);
        }
        out.endSection(begin);
      }
    }

    private void named(BlockInput in, BlockOutput out) throws IOException {
      if (kind() == TARGETS) {
        labels(in, out); // of the key
        labels(in, out); // of the source
      }
      for (int i = 0; i < 3; i++) { // cluster, namespace and name of the workload
        out.writeUTF(renamed(in.readUTF(), further));
      }
      copyRest(in, out);
    }

    private void labels(BlockInput in, BlockOutput out) throws IOException {
      int count = in.readCount();
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        out.writeUTF(in.readUTF());
        out.writeUTF(renamed(in.readUTF(), further));
      }
    }
  }

  /** The name of pod, workload or instance of the target that many numbers further; others stay. */
  static String renamed(String name, int further) {
    Matcher instance = INSTANCE.matcher(name);
    if (instance.matches()) {
      int target = 0;
      for (int i = 1; i <= instance.groupCount(); i++) {
        target = target << 8 | Integer.parseInt(instance.group(i));
      }
      return BenchFleet.instance(target + further);
    }
    Matcher match = NAME.matcher(name);
    if (!match.matches()) {
      return name;
    }
    String pod = match.group(3);
    int workload = Integer.parseInt(match.group(1)) + further / BenchFleet.PODS_PER_WORKLOAD;
    return pod == null
        ? BenchFleet.workload(workload)
        : BenchFleet.pod(BenchFleet.target(pod) + further);
  }

  private static final class Quiet implements CheckpointListener {
    @Override
    public void opened(String source, Instant sealed) {}

    @Override
    public void sealed(String source, Instant at, long bytes, Duration took) {}

    @Override
    public void notSealed(String source) {}

    @Override
    public void setAside(String source, Aside reason) {}
  }
}
