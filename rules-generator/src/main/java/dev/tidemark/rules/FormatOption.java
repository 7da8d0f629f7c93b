package dev.tidemark.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.toolkit.launch.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

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

  private final Console console = new Console();

  /** As if the flag had said so; empty where it cannot. */
  static Optional<FormatOption> of(String format) {
    FormatOption option = new FormatOption();
    for (Format one : Format.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(format)) {
        option.format = one;
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  boolean isJson() {
    return format == Format.JSON;
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
      // a large fleet is thousands of lines; they need not be told one by one
      PrintWriter all = new PrintWriter(out());
      text.accept(all);
      all.flush();
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
    return console.out();
  }

  PrintWriter err() {
    return console.err();
  }
}
