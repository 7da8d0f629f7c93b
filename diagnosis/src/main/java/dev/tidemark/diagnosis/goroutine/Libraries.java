package dev.tidemark.diagnosis.goroutine;

import java.util.List;
import java.util.Optional;

/** Stacks of libraries that are known to be left behind, and what ends them. */
final class Libraries {
  private record Known(String path, String function, String remedy) {}

  private static final String CLOSE =
      "net/http: look at each Get, Post and Do: read the body and Close() it";

  private static final List<Known> KNOWN =
      List.of(
          new Known("redis", "(*PubSub)", "go-redis PubSub: Close() the subscription"),
          new Known("redis", "(*channel).init", "go-redis PubSub channel: Close() the PubSub"),
          new Known(
              "google.golang.org/grpc",
              "newClientStreamWithParams",
              "gRPC ClientStream: cancel its context, or Recv until an error"),
          new Known(
              "google.golang.org/grpc",
              "(*csAttempt)",
              "gRPC ClientStream: cancel its context, or Recv until an error"),
          new Known("segmentio/kafka-go", "(*Reader)", "kafka-go Reader: Close() it"),
          new Known("segmentio/kafka-go", "(*reader)", "kafka-go Reader: Close() it"),
          new Known("segmentio/kafka-go", "(*Writer)", "kafka-go Writer: Close() it"),
          new Known("database/sql", "(*Rows)", "database/sql: defer rows.Close()"),
          new Known("database/sql", "(*Tx)", "database/sql: Commit or Rollback"),
          new Known("database/sql", "(*DB).connectionOpener", "database/sql: one sql.DB a program"),
          new Known("net/http", "(*persistConn).readLoop", CLOSE),
          new Known("net/http", "(*persistConn).writeLoop", CLOSE));

  private Libraries() {}

  /** What ends the goroutines of a library that a group is within. */
  static Optional<String> remedy(StackGroup group) {
    return group.stack().stream().flatMap(frame -> known(frame).stream()).findFirst();
  }

  private static Optional<String> known(Frame frame) {
    String path = frame.packagePath();
    return KNOWN.stream()
        .filter(known -> path.contains(known.path()) && frame.function().contains(known.function()))
        .map(Known::remedy)
        .findFirst();
  }
}
