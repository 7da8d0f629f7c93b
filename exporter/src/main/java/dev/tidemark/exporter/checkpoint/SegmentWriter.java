package dev.tidemark.exporter.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes a segment. Blocks are made by as many threads as there are cores and written in their
 * order, so that memory holds a few of them at a time.
 */
final class SegmentWriter {
  private final FileChannel file;
  private int frames;

  private SegmentWriter(FileChannel file) {
    this.file = file;
  }

  /** Writes a file that must not be there yet, down to the disk; returns its length in bytes. */
  static long write(Path path, SegmentHeader header, List<Block> blocks) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      SegmentWriter writer = new SegmentWriter(file);
      writer.start(header);
      writer.blocks(blocks);
      writer.end();
      file.force(true);
      return file.size();
    }
  }

  private void start(SegmentHeader header) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(SegmentFormat.START);
    start.put(SegmentFormat.MAGIC).putInt(SegmentFormat.FORMAT).flip();
    write(start);
    BlockOutput body = new BlockOutput();
    header.write(body);
    frame(SegmentFormat.HEADER, body);
  }

  private void blocks(List<Block> blocks) throws IOException {
    int together = Runtime.getRuntime().availableProcessors();
    List<BlockOutput> bodies =
        IntStream.range(0, together).mapToObj(i -> new BlockOutput()).toList();
    for (int from = 0; from < blocks.size(); from += together) {
      List<Block> some = blocks.subList(from, Math.min(from + together, blocks.size()));
      try {
        IntStream.range(0, some.size()).parallel().forEach(i -> make(some.get(i), bodies.get(i)));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      for (int i = 0; i < some.size(); i++) {
        frame(some.get(i).kind(), bodies.get(i));
      }
    }
  }

  private static void make(Block block, BlockOutput body) {
    body.clear();
    try {
      block.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() throws IOException {
    BlockOutput body = new BlockOutput();
    body.writeInt(frames);
    frame(SegmentFormat.END, body);
  }

  private void frame(int kind, BlockOutput body) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(SegmentFormat.FRAME_HEAD);
    head.put((byte) kind).putInt(body.size()).flip();
    ByteBuffer tail = ByteBuffer.allocate(SegmentFormat.FRAME_TAIL);
    tail.putInt(SegmentFormat.checksum(head.duplicate(), body.written())).flip();
    write(head, body.written(), tail);
    frames++;
  }

  private void write(ByteBuffer... parts) throws IOException {
    while (parts[parts.length - 1].hasRemaining()) {
      long unused = file.write(parts);
    }
  }
}
