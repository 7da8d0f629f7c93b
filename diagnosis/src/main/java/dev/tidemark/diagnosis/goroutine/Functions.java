package dev.tidemark.diagnosis.goroutine;

/** Functions of the standard library that tell what a goroutine is at. */
final class Functions {
  /** Accepts connections, of whatever server. */
  static final String ACCEPT = "internal/poll.(*FD).Accept";

  /** Hands the connections of an HTTP server to goroutines of their own. */
  static final String SERVER = "net/http.(*Server).Serve";

  /** Within it the requests of a connection are answered. */
  static final String SERVE = "net/http.(*conn).serve";

  /** On the stack of each handler, and not of a connection between two requests. */
  static final String ANSWER = "net/http.serverHandler.ServeHTTP";

  /** Reads on while a request is answered, to notice that its client leaves. */
  static final String WATCHER = "net/http.(*connReader).backgroundRead";

  /** Who asks a server waits for the network, in a select beside its connection's halves. */
  static final String ROUND_TRIP = "net/http.(*persistConn).roundTrip";

  static final String READ_LOOP = "net/http.(*persistConn).readLoop";
  static final String WRITE_LOOP = "net/http.(*persistConn).writeLoop";

  /** Waits for signals of the operating system. */
  static final String SIGNALS = "os/signal.signal_recv";

  private Functions() {}
}
