package dev.tidemark.diagnosis;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of CPUs on the command line, as Kubernetes writes it: {@code 1.5}, {@code 1500m}. */
final class CpusOption implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    boolean milli = text.endsWith("m");
    String number = milli ? text.substring(0, text.length() - 1) : text;
    if (!number.matches(milli ? "\\d{1,9}" : "\\d{1,6}(?:\\.\\d{1,9})?|\\.\\d{1,9}")) {
      throw new TypeConversionException("found " + text + ", needs CPUs such as 1.5, 2 or 1500m");
    }
    BigDecimal value = new BigDecimal(number);
    return (milli ? value.movePointLeft(3) : value).doubleValue();
  }
}
