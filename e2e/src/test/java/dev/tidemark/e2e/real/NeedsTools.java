package dev.tidemark.e2e.real;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test on real servers. Where Prometheus, Alertmanager or Go are missing it is skipped and says
 * so loudly; with {@code CI=true} it fails instead, so that a green run has really run it. Gives a
 * {@link dev.tidemark.e2e.server.Tools} to who asks for one.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ToolsExtension.class)
public @interface NeedsTools {}
