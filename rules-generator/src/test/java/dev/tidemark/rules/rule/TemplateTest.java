package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  @Test
  void braces_from_elsewhere_stay_braces() {
    Template template = Template.of("a {{ $value }} b {{{").label("pod");
    assertThat(template.text())
        .isEqualTo("a {{ \"{{\" }} $value }} b {{ \"{{\" }}{{{ $labels.pod }}");
    assertThat(template.expand(Map.of("pod", "p"), 1)).isEqualTo("a {{ $value }} b {{{p");
  }

  @Test
  void a_missing_label_is_empty_and_a_share_is_in_percent() {
    Template template = Template.of("").label("pod").text(": ").percentage();
    assertThat(template.expand(Map.of(), 0.95)).isEqualTo(": 95%");
    assertThat(template.text()).isEqualTo("{{ $labels.pod }}: {{ $value | humanizePercentage }}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "{{ $labels.pod }} at {{ $value }}",
        "{{$value|humanize}}",
        "{{- $value | humanize1024 -}} B",
        "{{ $value | printf \"%.1f\" }}",
        "{{ \"{{\" }} braces",
        "LABELS = {{ $labels }}",
        "{{humanize $value}}",
        "{{ printf \"%.1f\" $value }}",
      })
  void takes_templates_that_prometheus_surely_understands(String text) {
    assertThat(Template.parse(text).text()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ foo",
        "foo }}",
        "{{ .Nope }}",
        "{{ $labels | title }}",
        "{{ humanize $labels }}",
        "{{ humanize }}",
        "{{ humanize$value }}",
        "{{ $labels.a.b }}",
        "{{ $value | nope }}",
        "{{ printf \"}}\" }}",
        "{{ if $value }}x",
        "{{ query up }}",
        "{{ range query \"up\" }}{{ nope . }}{{ end }}",
        "{{}}",
        "{{ \"x\" }}",
      })
  void refuses_all_others(String text) {
    assertThatThrownBy(() -> Template.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ query \"up\" | first | value | humanize }}",
        "{{ if $value }}x{{ end }}",
        "{{ if gt $value 1.0 }}many{{ else if eq $value 1.0 }}one{{ else }}none{{ end }}",
        "{{ range $i, $row := query \"up\" }}{{ $i }}: {{ $row.Labels.job }}{{ end }}",
        "{{ with printf \"up{job='%s'}\" $labels.job | query }}{{ . | first | value }}{{ end }}",
      })
  void keeps_what_has_conditions_or_queries_as_it_is(String text) {
    assertThat(Template.parse(text).text()).isEqualTo(text);
    assertThat(Template.parse(text).isExpandable()).isFalse();
  }
}
