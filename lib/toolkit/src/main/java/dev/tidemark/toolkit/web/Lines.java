package dev.tidemark.toolkit.web;

import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a metric in the syntax that Prometheus text and OpenMetrics share: {@code
 * name{label="value"} 1.5}. Not safe for several threads.
 */
final class Lines {
  private static final int BUFFER = 1 << 16;

  /** Whole numbers up to here are written as they are, greater ones with an exponent. */
  private static final double PLAIN_BELOW = 1e7;

  private final OutputStream out;
  private byte[] buffer = new byte[BUFFER];
  private int size;
  private byte[] name = {};

  Lines(OutputStream out) {
    this.out = out;
  }

  void raw(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What the lines that follow are called. */
  void metric(String called) {
    name = called.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param labels whose names are made of letters, digits and underscores
   */
  void line(Labels labels, double value) throws IOException {
    bytes(name);
    if (!labels.isEmpty()) {
      for (int i = 0; i < labels.size(); i++) {
        reserve(1);
        buffer[size++] = (byte) (i == 0 ? '{' : ',');
        label(labels.getName(i), labels.getValue(i));
      }
      reserve(1);
      buffer[size++] = '}';
    }
    reserve(1);
    buffer[size++] = ' ';
    value(value);
    reserve(1);
    buffer[size++] = '\n';
  }

  private void label(String label, String value) throws IOException {
    reserve(label.length() + value.length() + 3);
    ascii(label);
    buffer[size++] = '=';
    buffer[size++] = '"';
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c < 0x80 && c != '"' && c != '\\' && c != '\n') {
        buffer[size++] = (byte) c;
      } else {
        escaped(value.substring(i));
        break;
      }
    }
    reserve(1);
    buffer[size++] = '"';
  }

  private void escaped(String value) throws IOException {
    raw(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
  }

  private void value(double value) throws IOException {
    boolean negativeZero = value == 0 && 1 / value < 0;
    if (value == Math.rint(value) && Math.abs(value) < PLAIN_BELOW && !negativeZero) {
      reserve(12);
      whole((int) value);
      buffer[size++] = '.';
      buffer[size++] = '0';
    } else if (value == Double.POSITIVE_INFINITY) {
      raw("+Inf");
    } else {
      String text = Double.toString(value);
      text = value == Double.NEGATIVE_INFINITY ? "-Inf" : text;
      reserve(text.length());
      ascii(text);
    }
  }

  private void whole(int value) {
    if (value < 0) {
      buffer[size++] = '-';
    }
    int rest = Math.abs(value);
    int digits = 1;
    for (int bound = 10; bound <= rest; bound *= 10) {
      digits++;
    }
    for (int at = size + digits - 1; at >= size; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  private void ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  private void bytes(byte[] some) throws IOException {
    reserve(some.length);
    System.arraycopy(some, 0, buffer, size, some.length);
    size += some.length;
  }

  private void reserve(int more) throws IOException {
    if (more > buffer.length - size) {
      flush();
      if (more > buffer.length) {
        buffer = Arrays.copyOf(buffer, more);
      }
    }
  }

  void flush() throws IOException {
    out.write(buffer, 0, size);
    size = 0;
  }
}
