package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.forecast.Forecast;
import dev.tidemark.engine.forecast.Forecaster;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.signals.signal.Signal;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One signal of one target: its judge and what it said last. */
final class SeriesState {
  final Signal signal;
  final int place;
  final Judge judge;
  double limit = Double.NaN;
  long lastSlot;
  @Nullable Judgement last;
  @Nullable Forecaster forecaster;

  SeriesState(Signal signal, int place, Judge judge, long slot) {
    this.signal = signal;
    this.place = place;
    this.judge = judge;
    this.lastSlot = slot;
  }

  List<Forecast> forecasts() {
    return forecaster == null ? List.of() : forecaster.forecasts();
  }

  void write(BlockOutput out) throws IOException {
    out.writeUTF(signal.id());
    out.writeDouble(limit);
    out.writeLong(lastSlot);
    judge.encode(out);
    Judgement judgement = last;
    out.writeBoolean(judgement != null);
    if (judgement != null) {
      judgement.encode(out);
    }
  }

  static SeriesState read(BlockInput in, FleetShape shape) throws IOException {
    String id = in.readUTF();
    int place = shape.place(id);
    if (place < 0) {
      throw new IOException("signal " + id + " is not judged");
    }
    double limit = in.readDouble();
    long lastSlot = in.readLong();
    Signal signal = shape.signals().get(place);
    Judge judge = Judge.decode(in, FleetShape.series(signal), shape.judge());
    SeriesState read = new SeriesState(signal, place, judge, lastSlot);
    read.limit = limit;
    read.forecaster = shape.forecaster(signal);
    read.last = in.readBoolean() ? Judgement.decode(in, judge) : null;
    return read;
  }
}
