package dev.tidemark.exporter.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects what is printed and writes it in large pieces. */
final class Output {
  private final OutputStream out;
  private byte[] buffer = new byte[1 << 17];
  private int size;

  Output(OutputStream out) {
    this.out = out;
  }

  void put(char ascii) {
    reserve(1);
    buffer[size++] = (byte) ascii;
  }

  void put(byte[] bytes) {
    put(bytes, 0, bytes.length);
  }

  void put(byte[] bytes, int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, buffer, size, to - from);
    size += to - from;
  }

  void put(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        put(text.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      buffer[size++] = (byte) c;
    }
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = java.util.Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
  }

  /** To be called after each row. */
  void endOfRow() throws IOException {
    put('\n');
    if (size >= 1 << 16) {
      flush();
    }
  }

  void flush() throws IOException {
    try {
      out.write(buffer, 0, size);
      out.flush();
    } catch (IOException e) {
      throw new OutputClosedException(e);
    }
    size = 0;
  }
}
