package dev.tidemark.exporter.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A state that follows from all slots before it, written many times over: a slot that was lost or
 * counted twice shows, and so does a mixture of two states.
 */
final class Sealed implements StateReader<Sealed.State, Sealed.State>, CheckpointListener {
  private static final int BLOCKS = 20;
  private static final int COPIES = 10_000;

  record State(long slot, long sum) {
    static State none() {
      return new State(0, 1);
    }

    State next() {
      return new State(slot + 1, 31 * sum + slot);
    }
  }

  /** Seals one state after another until it is killed, and says each that is sealed. */
  public static void main(String[] args) throws IOException {
    Sealed sealed = new Sealed();
    try (Storage storage = Storage.open(Path.of(args[0]), sealed, Instant::now)) {
      Shelf shelf = storage.shelf(label());
      State state = shelf.open(sealed).orElse(State.none());
      while (true) {
        state = state.next();
        if (!shelf.seal(state.slot(), blocks(state))) {
          throw new IllegalStateException("not sealed: " + state);
        }
        System.out.println(state.slot());
      }
    }
  }

  static Shelf.Label label() {
    return new Shelf.Label("test", "interval 1s", Duration.ofDays(36_500), "dev");
  }

  private static List<Block> blocks(State state) {
    return IntStream.range(0, BLOCKS).mapToObj(i -> block(state)).toList();
  }

  private static Block block(State state) {
    return new Block() {
      @Override
      public int kind() {
        return 1;
      }

      @Override
      public void write(BlockOutput out) {
        for (int i = 0; i < COPIES; i++) {
          out.writeLong(state.slot());
          out.writeLong(state.sum());
        }
      }
    };
  }

  @Override
  public Optional<State> block(int kind, BlockInput in) throws IOException {
    State state = read(in);
    while (in.hasMore()) {
      if (!read(in).equals(state)) {
        throw new IOException("a block of two states");
      }
    }
    return Optional.of(state);
  }

  private static State read(BlockInput in) throws IOException {
    return new State(in.readLong(), in.readLong());
  }

  @Override
  public State state(long slot, List<State> parts) throws IOException {
    if (parts.size() != BLOCKS || parts.stream().distinct().count() != 1) {
      throw new IOException("a mixture: " + parts);
    }
    return parts.get(0);
  }

  @Override
  public void opened(String source, Instant sealed) {}

  @Override
  public void sealed(String source, Instant at, long bytes, Duration took) {}

  @Override
  public void notSealed(String source) {}

  @Override
  public void setAside(String source, Aside reason) {
    throw new IllegalStateException("set aside: " + reason);
  }
}
