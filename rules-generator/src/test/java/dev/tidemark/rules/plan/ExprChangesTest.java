package dev.tidemark.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExprChangesTest {
  private static final String SAME =
      "max by (cluster, namespace, pod, container) (last_over_time(a_long_name_of_a_metric[5m])) ";

  @Test
  void long_expressions_are_shown_from_where_they_differ() {
    assertThat(ExprChanges.between(SAME + "/ first > 1", SAME + "/ (second + third) > 1"))
        .containsExactly("expression …first > 1 -> …(second + third) > 1");
    assertThat(ExprChanges.between(SAME + "/ a", SAME + "/ a and b"))
        .containsExactly("expression …a -> …a and b");
  }

  @Test
  void short_expressions_are_shown_whole() {
    assertThat(ExprChanges.between("a > 1", "a + b > 1"))
        .containsExactly("expression a > 1 -> a + b > 1");
  }
}
