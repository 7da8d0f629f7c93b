package dev.tidemark.toolkit.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes in pieces, so that many of them are never copied to make room, and are freed as sent. */
final class Chunks extends OutputStream {
  private static final int PIECE = 1 << 18;

  private final Deque<Buffer> pieces = new ArrayDeque<>();
  private Buffer last = Buffer.buffer();
  private long size;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (pieces.isEmpty() || last.length() + length > PIECE) {
      last = Buffer.buffer(Math.max(Math.min(PIECE, 2 * length), length));
      pieces.add(last);
    }
    last.appendBytes(bytes, from, length);
    size += length;
  }

  /** How many were written. */
  long size() {
    return size;
  }

  /** Sends one piece after another, and ends the response; on its event loop. */
  Future<Void> sendTo(HttpServerResponse response) {
    Buffer piece = pieces.poll();
    return piece == null
        ? response.end()
        : response.write(piece).compose(written -> sendTo(response));
  }
}
