package dev.tidemark.toolkit.launch;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Accepts the names of the log levels. */
final class LevelName implements ITypeConverter<String> {
  private static final List<String> KNOWN = List.of("debug", "info", "warn", "error");

  @Override
  public String convert(String value) {
    String name = value.toLowerCase(Locale.ROOT);
    if (KNOWN.contains(name)) {
      return name;
    }
    throw new TypeConversionException("found '" + value + "', needs debug, info, warn or error");
  }
}
