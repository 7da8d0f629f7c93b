package dev.tidemark.e2e.real;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of Tidemark's programs as jars. {@code mvn verify} builds them first; where they are
 * missing ({@code mvn test}) the test is skipped and says so loudly, and with {@code CI=true} it
 * fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProgramsCondition.class)
public @interface NeedsPrograms {}
