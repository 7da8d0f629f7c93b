package dev.tidemark.engine.forecast;

import dev.tidemark.engine.Sample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Forecasts one series: five simple forecasts, weighed by how wrong each was lately on this very
 * series. Reads no clock; a new process start forgets the line and keeps the profile of the day.
 * Takes about 1.5 KB. Not safe for several threads.
 */
public final class Forecaster {
  private static final int VERSION = 1;

  /** Sources round the start to seconds. */
  private static final long SAME_START = 1_500;

  private static final long NONE = Long.MIN_VALUE;

  private final ForecastConfig config;
  private final long interval;
  private final long block;
  private final Recent recent;
  private final DayProfile day = new DayProfile();
  private final List<Track> tracks = new ArrayList<>();
  private long newest = NONE;
  private long start;
  private double last = Double.NaN;

  public Forecaster(ForecastConfig config) {
    this.config = config;
    this.interval = config.interval().toMillis();
    this.block = config.blockMillis();
    this.recent = new Recent(block);
    for (Duration horizon : config.horizons()) {
      tracks.add(new Track(horizon.toMillis(), interval));
    }
  }

  /** Takes the next sample; one that is not finite or not newer than the last changes nothing. */
  public void observe(Sample sample) {
    long time = sample.timeMillis();
    if (!Double.isFinite(sample.value()) || (newest != NONE && time <= newest)) {
      return;
    }
    newest = time;
    last = sample.value();
    if (isRestart(sample.startMillis())) {
      recent.clear();
      tracks.forEach(Track::restart);
    }
    recent.add(time, last);
    day.add(time, last);
    for (Track track : tracks) {
      track.settle(time, last, 2 * interval);
      double[] opinions = opinions(track);
      track.remember(time, opinions, told(track, opinions));
    }
  }

  private boolean isRestart(long startMillis) {
    boolean other = start != 0 && Math.abs(startMillis - start) > SAME_START;
    start = startMillis == 0 ? start : startMillis;
    return other && startMillis != 0;
  }

  private double[] opinions(Track track) {
    double change = day.change(newest, newest + track.horizonMillis);
    return Experts.ask(recent, last, (double) track.horizonMillis / block, change);
  }

  private double told(Track track, double[] opinions) {
    return recent.filled() < Recent.LEAST ? Double.NaN : track.together(opinions);
  }

  /** One forecast a configured horizon, in their order, from the last sample on. */
  public List<Forecast> forecasts() {
    List<Forecast> all = new ArrayList<>(tracks.size());
    for (int i = 0; i < tracks.size(); i++) {
      Track track = tracks.get(i);
      double value = newest == NONE ? Double.NaN : told(track, opinions(track));
      all.add(new Forecast(config.horizons().get(i), value, track.error(), track.lastValueError()));
    }
    return all;
  }

  /** Writes the whole state; {@link #decode} continues as if nothing had happened. */
  public void encode(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(config.fingerprint());
    out.writeLong(newest);
    out.writeLong(start);
    out.writeDouble(last);
    recent.encode(out);
    day.encode(out);
    for (Track track : tracks) {
      track.encode(out);
    }
  }

  /**
   * Reads what {@link #encode} wrote for the same configuration.
   *
   * @throws IOException where it is damaged, of an unknown version or of another configuration
   */
  public static Forecaster decode(DataInput in, ForecastConfig config) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("forecaster of version " + version + ", known is " + VERSION);
    }
    if (in.readInt() != config.fingerprint()) {
      throw new IOException("forecaster of another configuration");
    }
    Forecaster read = new Forecaster(config);
    read.newest = in.readLong();
    read.start = in.readLong();
    read.last = in.readDouble();
    read.recent.restore(in);
    read.day.restore(in);
    for (Track track : read.tracks) {
      track.restore(in);
    }
    return read;
  }
}
