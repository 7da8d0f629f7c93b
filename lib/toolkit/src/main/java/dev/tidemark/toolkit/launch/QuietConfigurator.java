package dev.tidemark.toolkit.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What logback finds before anyone configured it: warnings in logfmt on stderr, no file looked for.
 */
public final class QuietConfigurator extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logs.install(context, Level.WARN, "logfmt");
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
