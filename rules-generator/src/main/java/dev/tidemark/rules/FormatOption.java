package dev.tidemark.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flag by which every verb tells people or programs what it found. */
final class FormatOption {
  /** Who reads it. */
  private enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|json",
      description = "How to tell the outcome. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.TEXT;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  boolean isJson() {
    return format == Format.JSON;
  }

  /** Whether the value of this flag, of whatever verb, asks for JSON. */
  static boolean isJson(@Nullable Object value) {
    return value == Format.JSON;
  }

  /** The verb it is a flag of. */
  CommandSpec command() {
    return Objects.requireNonNull(command);
  }

  /**
   * Prints the outcome to stdout.
   *
   * @param document a record; as JSON on one line, what is null left out
   * @param text what people read
   */
  void tell(Object document, Consumer<PrintWriter> text) throws JsonProcessingException {
    if (isJson()) {
      out().println(json(document));
    } else {
      text.accept(out());
    }
    out().flush();
    err().flush();
  }

  static String json(Object document) throws JsonProcessingException {
    return new ObjectMapper()
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
        .writeValueAsString(document);
  }

  PrintWriter out() {
    return command().commandLine().getOut();
  }

  PrintWriter err() {
    return command().commandLine().getErr();
  }
}
