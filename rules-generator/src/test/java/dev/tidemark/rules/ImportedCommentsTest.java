package dev.tidemark.rules;

import static dev.tidemark.rules.ImportTest.imported;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.imported.Imported;
import dev.tidemark.rules.spec.SpecText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people wrote beside their rules comes along. */
class ImportedCommentsTest {
  @Test
  void what_stands_above_groups_and_at_the_head_of_the_file_goes_with_them() throws Exception {
    Imported imported =
        imported(
            """
            # Owned by shop.

            # Ask before you change it.
            ---
            groups:
            # orders that wait
            - interval: 1m
              name: orders
              rules:
              # too deep
              - {alert: Deep, expr: a > 5}
              - {alert: Deep, expr: a > 9}

            # not above what follows

            # pages that fail
            # (by hour)
            - name: pages
              rules:
              - {record: 'a:b', expr: a}
              - {alert: Fails, expr: b > 5}
            """);
    assertThat(imported.spec())
        .contains(
            """
            services:
              # Owned by shop.
              # Ask before you change it.
              # orders that wait
              - name: 'orders'
            """)
        .contains("      # too deep\n      - name: 'Deep'\n")
        .contains("  # pages that fail\n  # (by hour)\n  - name: 'pages'\n")
        .containsOnlyOnce("# orders that wait")
        .containsOnlyOnce("# Owned by shop.");
    assertThat(
            imported(
                    """
                    # Written by tidemark rules generate. Edit
                    groups:
                    - name: g
                      rules:
                      - {record: a, expr: b}
                    """)
                .spec())
        .doesNotContain("Written by tidemark");
  }

  @Test
  void a_comment_above_several_things_stands_once() throws Exception {
    Imported imported =
        imported(
            """
            # Owned by shop.
            groups: [{name: g, rules: [{alert: Deep, expr: a > 5}, {record: 'a:b', expr: a}]}]
            """);
    assertThat(imported.spec())
        .containsOnlyOnce("Owned by shop.")
        .contains("services:\n  # Owned by shop.\n  - name: 'g'\n");
    assertThat(
            imported(
                    """
                    groups:
                    # of one line
                    - {name: g, rules: [{alert: Deep, expr: a > 5}]}
                    """)
                .spec())
        .containsOnlyOnce("# of one line");
  }

  @Test
  void lines_of_a_text_are_no_comments_of_what_follows() throws Exception {
    Imported imported =
        imported(
            """
            groups:
            - name: g
              rules:
              - alert: A
                expr: |
                  x > 5
                  # in an expression
              # above B
              - alert: B
                expr: x > 6
                annotations:
                  folded: >-
                    one
                    # in what is folded

              - alert: C
                expr: "x

                  # in quotes"
                annotations:
                  last: |
                    two
                    # in the last
            # above h
            - name: h
              rules:
              - record: a:b
                expr: |
                  x
                  # at the end""");
    assertThat(imported.spec())
        .contains("      # above B\n      - name: 'B'\n")
        .contains("  # above h\n  - name: 'h'\n")
        .doesNotContain("  # in what is folded")
        .doesNotContain("  # in the last")
        .containsOnlyOnce("# in an expression")
        .containsOnlyOnce("# at the end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085", "\u2028", "\u2029", "\r"})
  void whatever_ends_a_line_in_yaml_ends_a_comment(String end) throws Exception {
    String rules = "- name: g\n  rules:\n  - {record: 'a b', expr: x}\n";
    Imported head =
        imported("# Owned by shop." + end + "groups:\n" + rules + "  - {record: a, expr: b}\n");
    assertThat(head.spec()).contains("services:\n  # Owned by shop.\n  - name: 'g'\n");
    assertThat(head.rules()).isEqualTo(1);
    assertThat(head.left().get(0).toString()).contains("r.yml:5:", "found \"a b\"");
    Imported both =
        imported(
            "# Owned by shop."
                + end
                + "# Ask first."
                + end
                + "\ngroups:\n"
                + rules
                + "  # of a"
                + end
                + "  # twice"
                + end
                + "  - {record: a, expr: b}\n");
    assertThat(both.spec())
        .contains("services:\n  # Owned by shop.\n  # Ask first.\n  - name: 'g'\n")
        .contains("      # of a\n      # twice\n      - record: 'a'\n");
    assertThat(both.rules()).isEqualTo(1);
  }

  @Test
  void what_stands_above_a_rule_goes_with_it_and_comments_can_be_rules_again() throws Exception {
    String rules =
        """
        groups:
        - name: g
          rules:
          # why five:
          #   the queue holds six
          - alert: A
            expr: x > 5
          # of nobody
          - alert: B
            expr: |
              x > 1
                # twice
                and y > 1
            labels: {severity: page}
        """;
    Imported imported = imported(rules);
    assertThat(imported.spec())
        .contains("      # why five:\n      #   the queue holds six\n      - name: 'A'\n");
    String left = imported.spec().substring(imported.spec().indexOf("    # left out"));
    assertThat(left)
        .contains(
            """
                #   # of nobody
                #   - name: 'B'
                #     expr: |
                #       x > 1
                #         # twice
                #         and y > 1
                #     severity: 'page'
            """);
    String again =
        imported.spec().substring(0, imported.spec().indexOf("    # left out"))
            + left.substring(left.indexOf('\n') + 1)
                .replaceAll("(?m)^    # ", "    ")
                .replace("'page'", "'critical'");
    assertThat(ImportCommand.generated(new SpecText("s.yml", again)).get(0).rules())
        .extracting(rule -> rule.name().value())
        .containsExactly("A", "B");
  }
}
