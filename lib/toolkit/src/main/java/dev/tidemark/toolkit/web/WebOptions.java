package dev.tidemark.toolkit.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a program serves.
 *
 * @param listenAddresses {@code host:port}, {@code :port} for every interface, {@code [::1]:0} for
 *     a free port
 * @param webConfigFile TLS and users, in the exporter-toolkit's format
 * @param requestDeadline of a whole request, from its first byte to the last of its response
 * @param maxBodyBytes of a request
 * @param connections bounds of connections
 */
public record WebOptions(
    List<String> listenAddresses,
    @Nullable Path webConfigFile,
    Duration requestDeadline,
    long maxBodyBytes,
    Connections connections) {

  /**
   * @param max at a time, for each listen address; more are closed at once
   * @param idle a connection without a new request for so long is closed; bytes of an unfinished
   *     request head do not count
   */
  public record Connections(int max, Duration idle) {
    /** 1,000 connections; five minutes, as long as Go's clients keep theirs. */
    public static Connections defaults() {
      return new Connections(1_000, Duration.ofMinutes(5));
    }
  }

  public WebOptions {
    listenAddresses = List.copyOf(listenAddresses);
  }

  public WebOptions(
      List<String> listenAddresses,
      @Nullable Path webConfigFile,
      Duration requestDeadline,
      long maxBodyBytes) {
    this(listenAddresses, webConfigFile, requestDeadline, maxBodyBytes, Connections.defaults());
  }

  /** A deadline of 30 s and bodies of at most 8 MiB. */
  public static WebOptions of(List<String> listenAddresses, @Nullable Path webConfigFile) {
    return new WebOptions(listenAddresses, webConfigFile, Duration.ofSeconds(30), 8L << 20);
  }

  public WebOptions withRequestDeadline(Duration deadline) {
    return new WebOptions(listenAddresses, webConfigFile, deadline, maxBodyBytes, connections);
  }

  public WebOptions withMaxBodyBytes(long bytes) {
    return new WebOptions(listenAddresses, webConfigFile, requestDeadline, bytes, connections);
  }

  public WebOptions withConnections(Connections other) {
    return new WebOptions(listenAddresses, webConfigFile, requestDeadline, maxBodyBytes, other);
  }
}
