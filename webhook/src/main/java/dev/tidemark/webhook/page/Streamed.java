package dev.tidemark.webhook.page;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a file piece by piece: the next piece is read when the one before has left. */
final class Streamed {
  private static final Logger LOG = LoggerFactory.getLogger(Streamed.class);
  private static final int PIECE = 64 << 10;

  private final Vertx vertx;
  private final InputStream in;
  private final HttpServerResponse response;
  private final Promise<Void> done = Promise.promise();

  private Streamed(Vertx vertx, InputStream in, HttpServerResponse response) {
    this.vertx = vertx;
    this.in = in;
    this.response = response;
  }

  /** Sends all of it, ends the response and closes the stream, also when sending fails. */
  static Future<Void> of(Vertx vertx, InputStream in, HttpServerResponse response) {
    return new Streamed(vertx, in, response).send();
  }

  private Future<Void> send() {
    next();
    return done.future().onComplete(v -> close());
  }

  private void next() {
    vertx
        .executeBlocking(() -> in.readNBytes(PIECE), false)
        .onSuccess(this::write)
        .onFailure(done::tryFail);
  }

  private void write(byte[] piece) {
    if (response.ended() || response.closed()) {
      done.tryFail("the reader left");
    } else if (piece.length == 0) {
      response.end().onSuccess(done::tryComplete).onFailure(done::tryFail);
    } else {
      response.write(Buffer.buffer(piece)).onSuccess(v -> next()).onFailure(done::tryFail);
    }
  }

  private void close() {
    vertx
        .executeBlocking(
            () -> {
              in.close();
              return true;
            },
            false)
        .onFailure(
            e -> LOG.atWarn().addKeyValue("err", e.getMessage()).log("evidence file not closed"));
  }
}
