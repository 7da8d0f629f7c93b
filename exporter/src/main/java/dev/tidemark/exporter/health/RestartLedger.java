package dev.tidemark.exporter.health;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is counted of one container of a workload, whatever its pods are called. Counts only rise.
 * For the evaluation thread only.
 */
public final class RestartLedger {
  private static final int VERSION = 1;

  /** Restarts that are remembered with their state: the last few are what people look at. */
  public static final int REMEMBERED = 5;

  private long restarts;
  private long oomKills;
  private final List<Restart> recent = new ArrayList<>();

  void restarted(int times) {
    restarts += times;
  }

  void killed(int times) {
    oomKills += times;
  }

  /** Takes the place of what was told of the same restart before it was seen. */
  void remember(Restart restart) {
    int last = recent.size() - 1;
    while (last >= 0 && !recent.get(last).target().equals(restart.target())) {
      last--;
    }
    if (last >= 0 && recent.get(last).isUnseen() && restart.why() == Restart.Why.UNKNOWN) {
      recent.set(last, restart.because(recent.get(last).why()));
      return;
    }
    recent.add(restart);
    if (recent.size() > REMEMBERED) {
      recent.remove(0);
    }
  }

  /**
   * Says what ended the process before the newest restart of a target.
   *
   * @return that restart, as it is known now; one without state where none was seen
   */
  Restart explain(String target, Restart.Why why, long atMillis) {
    for (int i = recent.size() - 1; i >= 0; i--) {
      Restart restart = recent.get(i);
      if (restart.target().equals(target) && restart.why() == Restart.Why.UNKNOWN) {
        recent.set(i, restart.because(why));
        return recent.get(i);
      }
    }
    Restart unseen = new Restart(atMillis, target, why, -1, List.of());
    remember(unseen);
    return unseen;
  }

  public long restarts() {
    return restarts;
  }

  public long oomKills() {
    return oomKills;
  }

  /** Oldest first. */
  public List<Restart> recent() {
    return List.copyOf(recent);
  }

  /** Writes all of it. */
  public void encode(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(restarts);
    out.writeLong(oomKills);
    out.writeByte(recent.size());
    for (Restart restart : recent) {
      RestartCodec.write(restart, out);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException where it is damaged or of a version that is not known
   */
  public static RestartLedger decode(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("restarts of version " + version + ", known is " + VERSION);
    }
    RestartLedger read = new RestartLedger();
    read.restarts = in.readLong();
    read.oomKills = in.readLong();
    int size = in.readByte();
    for (int i = 0; i < size; i++) {
      read.remember(RestartCodec.read(in));
    }
    return read;
  }
}
