package dev.tidemark.toolkit.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/** Encodes a record as one line; an error's stack is one escaped field of it. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
  /** Enough for a long stack; a body logged by mistake must not fill the disk. */
  private static final int LONGEST = 16 * 1024;

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final LogLine format;

  LineEncoder(LogLine format) {
    this.format = format;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    format.open(line);
    format.field(line, "ts", MILLIS.format(Instant.ofEpochMilli(event.getTimeStamp())));
    format.field(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    format.field(line, "logger", shortName(event.getLoggerName()));
    format.message(line, cut(String.valueOf(event.getFormattedMessage())));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> format.field(line, pair.key, cut(String.valueOf(pair.value))));
    }
    event.getMDCPropertyMap().forEach((key, value) -> format.field(line, key, cut(value)));
    failure(line, event);
    format.close(line);
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void failure(StringBuilder line, ILoggingEvent event) {
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure == null) {
      return;
    }
    format.field(line, "err", cut(failure.getClassName() + ": " + failure.getMessage()));
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      format.field(line, "stack", cut(ThrowableProxyUtil.asString(failure)));
    }
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
