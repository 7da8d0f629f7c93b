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
    int begin = out.beginSection(FleetBlocks.JUDGE);
    judge.encode(out);
    out.endSection(begin);
    Judgement judgement = last;
    if (judgement != null) {
      begin = out.beginSection(FleetBlocks.JUDGEMENT);
      judgement.encode(out);
      out.endSection(begin);
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
    SeriesState read = null;
    while (in.hasMore()) {
      BlockInput.Section section = in.nextSection();
      BlockInput body = section.body();
      if (section.type() == FleetBlocks.JUDGE) {
        Judge judge = Judge.decode(body, FleetShape.series(signal), shape.judge());
        read = new SeriesState(signal, place, judge, lastSlot);
      } else if (section.type() == FleetBlocks.JUDGEMENT && read != null) {
        read.last = Judgement.decode(body, read.judge);
      }
    }
    if (read == null) {
      throw new IOException("a series without a judge");
    }
    read.limit = limit;
    read.forecaster = shape.forecaster(signal);
    return read;
  }
}
