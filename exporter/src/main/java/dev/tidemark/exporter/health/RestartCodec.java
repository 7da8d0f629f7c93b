package dev.tidemark.exporter.health;

import dev.tidemark.engine.LeakState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Restarts as bytes. Enums are written by name, so that a later release may add some. */
final class RestartCodec {
  private static final int MOST_STATES = 1000;

  private RestartCodec() {}

  static void write(Restart restart, DataOutput out) throws IOException {
    out.writeLong(restart.atMillis());
    out.writeUTF(restart.target());
    out.writeUTF(restart.why().name());
    out.writeLong(restart.livedMillis());
    out.writeShort(restart.before().size());
    for (Restart.LastState state : restart.before()) {
      out.writeUTF(state.signal());
      out.writeDouble(state.value());
      out.writeDouble(state.limit());
      out.writeByte(state.leakState().code());
      out.writeDouble(state.growthPerSecond());
      out.writeUTF(state.reason());
    }
  }

  static Restart read(DataInput in) throws IOException {
    long at = in.readLong();
    String target = in.readUTF();
    Restart.Why why = one(in.readUTF());
    long lived = in.readLong();
    int size = in.readShort();
    if (size < 0 || size > MOST_STATES) {
      throw new IOException("damaged restart: " + size + " signals");
    }
    List<Restart.LastState> before = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      before.add(
          new Restart.LastState(
              in.readUTF(),
              in.readDouble(),
              in.readDouble(),
              leak(in.readByte()),
              in.readDouble(),
              in.readUTF()));
    }
    return new Restart(at, target, why, lived, before);
  }

  /** Of a later release where it is not known here. */
  private static Restart.Why one(String name) {
    return Arrays.stream(Restart.Why.values())
        .filter(why -> why.name().equals(name))
        .findFirst()
        .orElse(Restart.Why.UNKNOWN);
  }

  private static LeakState leak(int code) throws IOException {
    return LeakState.ofCode(code)
        .orElseThrow(() -> new IOException("damaged restart: leak state " + code));
  }
}
