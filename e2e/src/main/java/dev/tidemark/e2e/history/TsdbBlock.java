package dev.tidemark.e2e.history;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes one block of Prometheus' storage (tsdb/docs/format: chunks, index version 2, meta.json).
 * {@code promtool tsdb create-blocks-from} reads text at a few hundred thousand samples a second; a
 * week of ten thousand series would take it longer than everything that is measured.
 *
 * <p>Series may share samples: the chunks of a {@link Samples} are written once, and each series
 * that has them refers to them. Prometheus reads and decodes them anew for each.
 */
public final class TsdbBlock {
  private static final int POSTINGS_ALIGNMENT = 4;
  private static final int SERIES_ALIGNMENT = 16;

  /** Chunks that were written: where each is, its first and last time. */
  public record Samples(List<long[]> chunks) {}

  private record Series(SortedMap<String, String> labels, Samples samples) {}

  private final Path folder;
  private final OutputStream chunks;
  private long offset;
  private final List<Series> series = new ArrayList<>();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  private TsdbBlock(Path folder, OutputStream chunks) {
    this.folder = folder;
    this.chunks = chunks;
  }

  /** Begins the only one of these blocks in Prometheus' data folder. */
  public static TsdbBlock in(Path data) throws IOException {
    return in(data, 0);
  }

  /**
   * Begins a block in Prometheus' data folder.
   *
   * @param number from 0; tells those of one folder apart
   */
  public static TsdbBlock in(Path data, int number) throws IOException {
    Path folder = data.resolve("01BENCH%019d".formatted(number));
    Files.createDirectories(folder.resolve("chunks"));
    OutputStream chunks =
        new BufferedOutputStream(
            Files.newOutputStream(folder.resolve("chunks").resolve("000001")), 1 << 20);
    TsdbBlock block = new TsdbBlock(folder, chunks);
    block.chunk(new TsdbBytes().u32(0x85BD40DDL).u8(1).u8(0).u8(0).u8(0).toByteArray());
    return block;
  }

  private long chunk(byte[] bytes) throws IOException {
    long at = offset;
    chunks.write(bytes);
    offset += bytes.length;
    return at;
  }

  /** Samples in the order of time. */
  public Samples write(long[] millis, double[] values) throws IOException {
    List<long[]> written = new ArrayList<>();
    for (int from = 0; from < millis.length; from += XorChunk.SAMPLES) {
      int to = Math.min(millis.length, from + XorChunk.SAMPLES);
      XorChunk chunk = new XorChunk();
      for (int i = from; i < to; i++) {
        chunk.add(millis[i], values[i]);
      }
      byte[] data = chunk.bytes();
      TsdbBytes sealed = new TsdbBytes().u8(1).raw(data);
      long crc = sealed.checksum();
      byte[] framed =
          new TsdbBytes().uvarint(data.length).raw(sealed.toByteArray()).u32(crc).toByteArray();
      written.add(new long[] {chunk(framed), millis[from], millis[to - 1]});
    }
    first = Math.min(first, millis[0]);
    last = Math.max(last, millis[millis.length - 1]);
    return new Samples(written);
  }

  /** A series; its name is the label {@code __name__}. */
  public void add(Map<String, String> labels, Samples samples) {
    series.add(new Series(new TreeMap<>(labels), samples));
  }

  /** Writes the index and what makes the folder a block. */
  public void finish() throws IOException {
    chunks.close();
    series.sort((a, b) -> compare(a.labels(), b.labels()));
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("index")), 1 << 20)) {
      new Index(out).write();
    }
    String meta =
        """
        {"ulid": "%1$s", "minTime": %2$d, "maxTime": %3$d, "version": 1,
         "stats": {"numSeries": %4$d, "numSamples": 1, "numChunks": 1},
         "compaction": {"level": 1, "sources": ["%1$s"]}}
        """
            .formatted(folder.getFileName(), first, last + 1, series.size());
    Files.writeString(folder.resolve("meta.json"), meta);
  }

  private static int compare(SortedMap<String, String> a, SortedMap<String, String> b) {
    var left = a.entrySet().iterator();
    var right = b.entrySet().iterator();
    while (left.hasNext() && right.hasNext()) {
      var l = left.next();
      var r = right.next();
      int byName = l.getKey().compareTo(r.getKey());
      int order = byName != 0 ? byName : l.getValue().compareTo(r.getValue());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private final class Index {
    private final OutputStream out;
    private long at;
    private final Map<String, Integer> symbols = new TreeMap<>();

    /** By label name and value: the series that have it, as they are referred to. */
    private final SortedMap<String, SortedMap<String, List<Long>>> postings = new TreeMap<>();

    Index(OutputStream out) {
      this.out = out;
    }

    void write() throws IOException {
      put(new TsdbBytes().u32(0xBAAAD700L).u8(2).toByteArray());
      TsdbBytes toc = new TsdbBytes();
      toc.u64(at);
      symbols();
      toc.u64(at);
      series();
      toc.u64(at); // label indices, which nobody reads
      List<TsdbBytes> entries = postings();
      long postingsAt = postingsBegin;
      long labelTable = at;
      put(new TsdbBytes().u32(0).framed());
      toc.u64(labelTable).u64(postingsAt).u64(at);
      TsdbBytes table = new TsdbBytes().u32(entries.size());
      entries.forEach(entry -> table.raw(entry.toByteArray()));
      put(table.framed());
      put(new TsdbBytes().raw(toc.toByteArray()).u32(toc.checksum()).toByteArray());
    }

    private long postingsBegin;

    private void put(byte[] bytes) throws IOException {
      out.write(bytes);
      at += bytes.length;
    }

    private void pad(int alignment) throws IOException {
      put(new byte[(int) ((alignment - at % alignment) % alignment)]);
    }

    private void symbols() throws IOException {
      SortedSet<String> all = new TreeSet<>();
      for (Series s : series) {
        all.addAll(s.labels().keySet());
        all.addAll(s.labels().values());
      }
      TsdbBytes table = new TsdbBytes().u32(all.size());
      for (String symbol : all) {
        symbols.put(symbol, symbols.size());
        table.text(symbol);
      }
      put(table.framed());
    }

    private void series() throws IOException {
      postings.computeIfAbsent("", n -> new TreeMap<>()).put("", new ArrayList<>());
      for (Series s : series) {
        pad(SERIES_ALIGNMENT);
        long ref = at / SERIES_ALIGNMENT;
        TsdbBytes entry = new TsdbBytes().uvarint(s.labels().size());
        s.labels()
            .forEach(
                (name, value) -> {
                  entry.uvarint(symbol(name)).uvarint(symbol(value));
                  refer(name, value, ref);
                });
        refer("", "", ref);
        List<long[]> written = s.samples().chunks();
        entry.uvarint(written.size());
        long[] before = {0, 0, 0};
        for (int i = 0; i < written.size(); i++) {
          long[] chunk = written.get(i);
          if (i == 0) {
            entry.varint(chunk[1]).uvarint(chunk[2] - chunk[1]).uvarint(chunk[0]);
          } else {
            entry.uvarint(chunk[1] - before[2]).uvarint(chunk[2] - chunk[1]);
            entry.varint(chunk[0] - before[0]);
          }
          before = chunk;
        }
        put(
            new TsdbBytes()
                .uvarint(entry.size())
                .raw(entry.toByteArray())
                .u32(entry.checksum())
                .toByteArray());
      }
    }

    private int symbol(String text) {
      return symbols.getOrDefault(text, -1);
    }

    private void refer(String name, String value, long ref) {
      postings
          .computeIfAbsent(name, n -> new TreeMap<>())
          .computeIfAbsent(value, v -> new ArrayList<>())
          .add(ref);
    }

    private List<TsdbBytes> postings() throws IOException {
      pad(POSTINGS_ALIGNMENT);
      postingsBegin = at;
      List<TsdbBytes> entries = new ArrayList<>();
      for (var name : postings.entrySet()) {
        for (var value : name.getValue().entrySet()) {
          pad(POSTINGS_ALIGNMENT);
          entries.add(new TsdbBytes().u8(2).text(name.getKey()).text(value.getKey()).uvarint(at));
          TsdbBytes list = new TsdbBytes().u32(value.getValue().size());
          value.getValue().forEach(list::u32);
          put(list.framed());
        }
      }
      return entries;
    }
  }
}
