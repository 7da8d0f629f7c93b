package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnExpressionTest {
  @ParameterizedTest(name = "{0}: silent without data is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "go_goroutines > 1000             | true",
        "deriv(queue_depth[30m]) > 0      | true",
        "sum(absent_requests) > 0         | true",
        "absent(up)                       | false",
        "vector(1)                        | false",
        "time() - up                      | false",
        "count(up) or vector(0) < 1       | false",
        "1 > bool 0                       | false",
        "1                                | false",
        "up{absent='x'} > 0                | true",
      })
  void knows_what_makes_something_of_nothing(String expr, boolean silent) {
    assertThat(OwnExpression.isSilentWithoutData(Expr.parse(expr).node())).isEqualTo(silent);
  }
}
