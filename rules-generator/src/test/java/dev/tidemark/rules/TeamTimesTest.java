package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.spec.Rate;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When teams get alerts, and how many they can bear. */
@Execution(ExecutionMode.CONCURRENT)
class TeamTimesTest {
  private static final long SEED = 20261123;
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {alertmanager: "0.25"}
      teams:
        - name: pay
          receiver: hook
          alertBudget: {warning: 5/week, critical: 1/30d}
          mute: [nights]
          activeTimes: [office]
      receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
      services: [{name: api, team: pay, selector: {job: api}, alerts: [{use: heap-leak}]}]
      timeIntervals:
        - name: nights
          timeIntervals:
            - {times: [{startTime: "22:00", endTime: "24:00"}, {startTime: "00:00", endTime: "06:00"}]}
        - name: office
          timeIntervals: [PERIOD]
      """;

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                |",
        "{weekdays: ['monday:friday', sunday], years: ['2026:2028', '2030']} |",
        "{daysOfMonth: ['1:5', '-3:-1', '31'], months: ['january:march', '5:12', May]} |",
        "{weekdays: [Saturday], location: Europe/Berlin}   |",
        "{location: UTC}                                   |",
        "{times: [{startTime: '22:00', endTime: '06:00'}]} | the end must be after the start",
        "{times: [{startTime: '9:00', endTime: '10:00'}]}  | needs a time from 00:00",
        "{times: [{start_time: '09:00', endTime: '10:00'}]} | did you mean startTime?",
        "{weekdays: ['saturday:sunday']}                   | which ends before it begins",
        "{weekdays: [mon]}                                 | needs such as monday:friday",
        "{daysOfMonth: ['0']}                              | needs such as 1:5",
        "{daysOfMonth: ['-1:5']}                           | must end there too",
        "{daysOfMonth: ['31:-20']}                         | which ends before it begins",
        "{months: ['13']}                                  | needs such as january:march",
        "{months: ['may:april']}                           | which ends before it begins",
        "{years: ['2027:2026']}                            | which ends before it begins",
        "{years: ['a:b:c']}                                | needs such as 2026",
        "{location: Berlin}                                | needs a time zone",
        "{location: Local}                                 | needs a time zone",
      })
  void periods_are_those_of_alertmanager(String period, String problem) throws Exception {
    String spec = SPEC.replace("PERIOD", period);
    if (problem != null) {
      assertThatThrownBy(() -> Oracle.files(spec)).hasMessageContaining(problem);
      return;
    }
    Oracle.orSkip().accepts(Oracle.files(spec), directory, period);
  }

  @Test
  void a_team_that_would_never_be_told_is_refused() throws Exception {
    String spec = SPEC.replace("PERIOD", "{}");
    assertThatThrownBy(() -> Oracle.files(spec.replace("[nights]", "[nights, office]")))
        .hasMessageContaining(":8:19: activeTimes: all of them are in mute, too");
    Oracle.files(spec.replace("[office]", "[office, nights]"));
  }

  @Test
  void random_periods_are_refused_by_us_or_taken_by_amtool() throws Exception {
    Oracle oracle = Oracle.orSkip();
    Random random = new Random(SEED);
    int accepted = 0;
    for (int round = 0; round < 400; round++) {
      String period =
          "{weekdays: ['%s'], daysOfMonth: ['%s'], months: ['%s'], years: ['%s']}"
              .formatted(
                  range(random, "sunday", "Monday", "friday", "saturday", ""),
                  range(random, "1", "15", "28", "31", "-1", "-31", "-5"),
                  range(random, "january", "May", "12", "1", "december"),
                  range(random, "2026", "2030", "1", "0"));
      SortedMap<String, byte[]> files;
      try {
        files = Oracle.files(SPEC.replace("PERIOD", period));
      } catch (ProblemsException e) {
        continue;
      }
      if (accepted++ < 40) {
        oracle.accepts(
            files.subMap("alertmanager/", "alertmanager0"), directory, "seed " + SEED + period);
      }
    }
    assertThat(accepted).isGreaterThan(15);
  }

  private static String range(Random random, String... members) {
    String one = members[random.nextInt(members.length)];
    return random.nextBoolean() ? one : one + ":" + members[random.nextInt(members.length)];
  }

  @Test
  void older_alertmanagers_get_what_they_know_or_are_refused() throws Exception {
    String old = SPEC.replace("0.25", "0.23").replace("PERIOD", "{}");
    assertThatThrownBy(() -> Oracle.files(old))
        .hasMessageContaining(":8:19: activeTimes: Alertmanager 0.23 has no active_time_intervals");
    assertThatThrownBy(
            () -> Oracle.files(SPEC.replace("0.25", "0.24").replace("PERIOD", "{location: UTC}")))
        .hasMessageContaining("location: Alertmanager 0.24 has no location of a time interval");
    String muted = old.replace("    activeTimes: [office]\n", "");
    assertThat(text(Oracle.files(muted)))
        .contains("\nmute_time_intervals:")
        .doesNotContain("\ntime_intervals:");
    Oracle.orSkip().accepts(Oracle.files(muted), directory, "0.23");
  }

  @Test
  void a_teams_times_and_budget_stand_in_the_model() throws Exception {
    Generator.Output output =
        Generator.generate(
            List.of(new SpecText("spec.yaml", SPEC.replace("PERIOD", "{}"))),
            (all, target) -> List.of());
    Routing.Team team = output.model().routing().teams().get(0);
    assertThat(team.budget())
        .isEqualTo(
            Map.of(
                Severity.WARNING, new Rate(5, Duration.ofDays(7)),
                Severity.CRITICAL, new Rate(1, Duration.ofDays(30))));
    assertThat(team.budget()).hasToString("{CRITICAL=1/month, WARNING=5/week}");
    assertThat(team.muted()).containsExactly("nights");
    assertThat(team.active()).containsExactly("office");
    Rate rate = new Rate(5, Duration.ofDays(7));
    assertThat(rate.allowed(Duration.ofDays(14))).isEqualTo(10);
    assertThat(rate.allowed(Duration.ofDays(14).plusMinutes(1))).isEqualTo(11);
  }

  private static String text(SortedMap<String, byte[]> files) {
    return new String(files.get("alertmanager/alertmanager.yml"), StandardCharsets.UTF_8);
  }
}
