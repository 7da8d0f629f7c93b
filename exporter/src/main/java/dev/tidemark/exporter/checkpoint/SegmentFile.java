package dev.tidemark.exporter.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A segment that is read: its frames are found first, then read by several threads. */
final class SegmentFile implements Closeable {
  private record Frame(int number, int kind, long at, int length) {}

  private final FileChannel file;
  private final List<Frame> frames = new ArrayList<>();
  private final SegmentHeader header;

  private SegmentFile(FileChannel file) throws IOException {
    this.file = file;
    findFrames();
    this.header = SegmentHeader.read(new BlockInput(body(frames.get(0))));
  }

  /**
   * Reads the header and where the blocks are.
   *
   * @throws SegmentException where it is cut off, damaged, or of another format
   */
  static SegmentFile open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new SegmentFile(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  SegmentHeader header() {
    return header;
  }

  long size() throws IOException {
    return file.size();
  }

  /**
   * Reads every block. Whoever is free takes the next: blocks of workloads take longer than others,
   * and stand together.
   *
   * @throws SegmentException where a checksum does not hold
   * @throws IOException where the reader does not take a block
   */
  <P> List<P> blocks(StateReader<P, ?> reader) throws IOException {
    List<Frame> blocks = frames.subList(1, frames.size() - 1);
    List<Optional<P>> read = new ArrayList<>(Collections.nCopies(blocks.size(), Optional.empty()));
    AtomicInteger next = new AtomicInteger();
    try {
      IntStream.range(0, Runtime.getRuntime().availableProcessors())
          .parallel()
          .forEach(
              hand -> {
                for (int i; (i = next.getAndIncrement()) < blocks.size(); ) {
                  read.set(i, block(blocks.get(i), reader));
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return read.stream().flatMap(Optional::stream).toList();
  }

  private <P> Optional<P> block(Frame frame, StateReader<P, ?> reader) {
    try {
      return reader.block(frame.kind, new BlockInput(body(frame)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void findFrames() throws IOException {
    ByteBuffer start = read(0, SegmentFormat.START);
    byte[] magic = new byte[SegmentFormat.MAGIC.length];
    start.get(magic);
    if (!Arrays.equals(magic, SegmentFormat.MAGIC)) {
      throw damaged("it does not begin like a segment");
    }
    int format = start.getInt();
    if (format != SegmentFormat.FORMAT) {
      throw new SegmentException(
          Aside.UNREADABLE, "its format is " + format + ", known is " + SegmentFormat.FORMAT);
    }
    long size = file.size();
    for (long at = SegmentFormat.START; at < size; ) {
      ByteBuffer head = read(at, SegmentFormat.FRAME_HEAD);
      Frame frame = new Frame(frames.size(), head.get() & 0xff, at, head.getInt());
      long after = at + SegmentFormat.FRAME_HEAD + frame.length + SegmentFormat.FRAME_TAIL;
      if (frame.length < 0 || after > size) {
        throw damaged("block " + frame.number + " at byte " + at + " reaches beyond its end");
      }
      frames.add(frame);
      at = after;
    }
    checkEnds();
  }

  private void checkEnds() throws IOException {
    if (frames.isEmpty() || frames.get(0).kind != SegmentFormat.HEADER) {
      throw damaged("it has no header");
    }
    Frame last = frames.get(frames.size() - 1);
    if (last.kind != SegmentFormat.END
        || new BlockInput(body(last)).readInt() != frames.size() - 1) {
      throw damaged("it is cut off after block " + last.number);
    }
  }

  private byte[] body(Frame frame) throws IOException {
    byte[] body = new byte[frame.length];
    long at = frame.at + SegmentFormat.FRAME_HEAD;
    fill(ByteBuffer.wrap(body), at);
    ByteBuffer head = ByteBuffer.allocate(SegmentFormat.FRAME_HEAD);
    head.put((byte) frame.kind).putInt(frame.length).flip();
    int stored = read(at + frame.length, SegmentFormat.FRAME_TAIL).getInt();
    if (SegmentFormat.checksum(head, ByteBuffer.wrap(body)) != stored) {
      throw damaged(
          "the checksum of block " + frame.number + " at byte " + frame.at + " does not hold");
    }
    return body;
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    fill(bytes, at);
    return bytes.flip();
  }

  private void fill(ByteBuffer bytes, long at) throws IOException {
    long next = at;
    while (bytes.hasRemaining()) {
      int got = file.read(bytes, next);
      if (got < 0) {
        throw damaged("it ends at byte " + next);
      }
      next += got;
    }
  }

  private static SegmentException damaged(String what) {
    return new SegmentException(Aside.DAMAGED, what);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
