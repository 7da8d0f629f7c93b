package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The clients of one source: of its server, or of each replica. */
public final class Connection implements AutoCloseable {
  private final List<PrometheusClient> clients = new ArrayList<>();
  private final List<Answers> answers = new ArrayList<>();
  private final List<Replicas.Named> readers = new ArrayList<>();
  private final @Nullable Replicas replicas;

  /**
   * @param limits of one answer
   * @param reader makes what asks a client
   * @param listener hears of each replica as of a source
   */
  public Connection(
      SourceConfig source,
      ClientLimits limits,
      Function<Answers, ChunkReader> reader,
      FeedListener listener,
      InstantSource clock) {
    LabelSets sets = new LabelSets(source.urls().size());
    source
        .urls()
        .forEach(
            url -> {
              PrometheusClient client = new PrometheusClient(url, source.http(), limits);
              clients.add(client);
              Answers whole = new Answers(client, sets, clock);
              answers.add(whole);
              readers.add(new Replicas.Named(url.toString(), reader.apply(whole)));
            });
    this.replicas = readers.size() > 1 ? new Replicas(readers, listener, clock) : null;
  }

  public ChunkSource chunks() {
    return replicas == null ? readers.get(0).reader() : replicas;
  }

  /** Of the first server; for what is asked of any one of the replicas. */
  public Answers first() {
    return answers.get(0);
  }

  @Override
  public void close() {
    if (replicas != null) {
      replicas.close();
    }
    clients.forEach(PrometheusClient::close);
  }
}
