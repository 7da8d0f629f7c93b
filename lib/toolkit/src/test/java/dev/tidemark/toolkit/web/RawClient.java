package dev.tidemark.toolkit.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly what it is told, as hostile as it is told. */
final class RawClient implements AutoCloseable {
  private final Socket socket = new Socket();

  RawClient(InetSocketAddress address) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    socket.connect(address, 5_000);
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** One byte every few milliseconds until the other side has had enough; true when it had. */
  boolean dripUntilClosed(String text, long pauseMillis) throws InterruptedException {
    Thread reader = new Thread(this::swallow);
    reader.start();
    try {
      for (int i = 0; i < text.length() && reader.isAlive(); i++) {
        socket.getOutputStream().write(text.charAt(i));
        reader.join(pauseMillis);
      }
    } catch (IOException e) {
      return true;
    }
    return !reader.isAlive();
  }

  private void swallow() {
    try {
      readAll();
    } catch (IOException e) {
      // closed by the other side
    }
  }

  /** Everything until the other side closes. */
  String readAll() throws IOException {
    StringBuilder seen = new StringBuilder();
    byte[] buffer = new byte[8192];
    InputStream in = socket.getInputStream();
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        seen.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException e) {
      seen.append("<reset>");
    }
    return seen.toString();
  }

  /** Reads until the text was seen. */
  String readUntil(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int value = socket.getInputStream().read();
      if (value < 0) {
        return seen + "<closed>";
      }
      seen.append((char) value);
    }
    return seen.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
