package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.ValueType;
import java.util.Locale;
import java.util.Optional;

/** Operators over the series of a group. */
public enum AggregateOp {
  SUM,
  AVG,
  COUNT,
  MIN,
  MAX,
  GROUP,
  STDDEV,
  STDVAR,
  TOPK(ValueType.SCALAR),
  BOTTOMK(ValueType.SCALAR),
  QUANTILE(ValueType.SCALAR),
  /** Since 2.54, experimental. */
  LIMITK(ValueType.SCALAR),
  /** Since 2.54, experimental. */
  LIMIT_RATIO(ValueType.SCALAR),
  COUNT_VALUES(ValueType.STRING);

  private final Optional<ValueType> parameter;

  AggregateOp() {
    this.parameter = Optional.empty();
  }

  AggregateOp(ValueType parameter) {
    this.parameter = Optional.of(parameter);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is one that needs a flag; see {@code Features.LIMITS}. */
  public boolean isExperimental() {
    return this == LIMITK || this == LIMIT_RATIO;
  }

  /** Whether it picks series of a group and leaves their labels as they are. */
  public boolean isPick() {
    return this == TOPK || this == BOTTOMK || isExperimental();
  }

  /** The type of its parameter, where it takes one. */
  public Optional<ValueType> parameter() {
    return parameter;
  }
}
