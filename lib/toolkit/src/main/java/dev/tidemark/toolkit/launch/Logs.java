package dev.tidemark.toolkit.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/**
 * Logs on stderr, one line a record, in logfmt or JSON. Without a call of {@link #configure} (plain
 * verbs) what libraries log appears from WARN up, in logfmt.
 */
public final class Logs {
  private Logs() {}

  /**
   * Sets level ({@code debug, info, warn, error}) and format ({@code logfmt, json}) of all logs.
   *
   * @throws IllegalArgumentException for another level or format
   */
  public static void configure(String level, String format) {
    Level known = Level.toLevel(level, null);
    if (known == null || !(format.equals("logfmt") || format.equals("json"))) {
      throw new IllegalArgumentException("found level " + level + " and format " + format);
    }
    install((LoggerContext) LoggerFactory.getILoggerFactory(), known, format);
  }

  static void install(LoggerContext context, Level level, String format) {
    context.reset();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder(format));
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(appender);
    // libraries speak at debug of things no operator asked for
    for (String chatty : new String[] {"io.netty", "io.vertx", "org.eclipse.jetty"}) {
      context.getLogger(chatty).setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    }
  }

  private static Encoder<ILoggingEvent> encoder(String format) {
    LineEncoder encoder =
        new LineEncoder(format.equals("json") ? new JsonLine() : new LogfmtLine());
    encoder.start();
    return encoder;
  }
}
