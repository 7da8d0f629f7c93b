package dev.tidemark.toolkit.launch;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** Stdout and stderr in the encoding of the terminal; each line is there once it ends. */
public final class Console {
  private @Nullable PrintWriter out;
  private @Nullable PrintWriter err;

  public PrintWriter out() {
    PrintWriter writer = out;
    if (writer == null) {
      writer = writer(System.out, "stdout.encoding");
      out = writer;
    }
    return writer;
  }

  public PrintWriter err() {
    PrintWriter writer = err;
    if (writer == null) {
      writer = writer(System.err, "stderr.encoding");
      err = writer;
    }
    return writer;
  }

  private static PrintWriter writer(PrintStream stream, String encoding) {
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(stream, charset(encoding))),
        /* autoFlush= */ true);
  }

  /** Java 19 and newer always say it, older ones of a terminal and under another name. */
  private static Charset charset(String property) {
    String named = System.getProperty("sun." + property, System.getProperty(property));
    if (named == null) {
      return Charset.defaultCharset();
    }
    try {
      return Charset.forName(named);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Charset.defaultCharset();
    }
  }
}
