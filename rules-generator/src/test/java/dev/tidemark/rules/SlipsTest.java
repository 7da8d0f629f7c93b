package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type wrong, and what they are told to type. */
class SlipsTest {
  private static final String RULES =
      "groups: [{name: g, rules: [{alert: Deep, expr: up == 0}, {alert: High, expr: up == 0}]}]\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                        | needs a command: init, validate, generate, format,",
        "--spec=SPEC validate --quick            | Unknown option: '--quick'",
        "--strict validate --spec=SPEC           | needs a command before --strict: init, validate,",
        "routes                                  | needs a command: test",
        "routes --spec=SPEC                      | needs a command before --spec: test",
        "validate SPEC                           | '--spec=FILE|DIR|-'; found SPEC: write --spec SPEC",
        "validate --sepc SPEC                    | did you mean --spec?; Missing required option:",
        "explain Depe --rules=RULES              | no rule \"Depe\", did you mean Deep?",
        "explain Other --rules=RULES             | no rule \"Other\", there are Deep, High",
        "explain x/Deep --rules=RULES            | no rule \"x/Deep\", did you mean g/Deep?",
        "explain Deep --rules=SPEC               | is a specification and no rule file: write --spec SPEC",
        "routes test --spec=SPEC --alert=GoOomLop | --alert: no alert \"GoOomLop\", did you mean GoOomLoop?",
        "routes test --spec=SPEC --alert=pay/GoOomLoop | did you mean payments/GoOomLoop?",
        "routes test --spec=SPEC --receivers=tidemark,tidemrk | no receiver \"tidemrk\", did you mean tidemark?",
        "routes test --spec=SPEC --receivers=zzz | no receiver \"zzz\", there are tidemark, ",
        "backtest --spec=SPEC --prometheus=http://127.0.0.1:1 --alert=GoHeapLeak --alert=GoOomLop | --alert: no alert \"GoOomLop\", did you mean GoOomLoop?",
        "generate --spec=SPEC --out=             | --out and --dashboards need a folder",
        "apply --spec=SPEC --out=                | --out and --dashboards need a folder",
        "validate --spec=                        | --spec needs a file or a folder",
        "tune --spec=SPEC --prometheus=http://127.0.0.1:1 --alert=GoOomLop | --alert: no alert \"GoOomLop\", did you mean GoOomLoop?",
        "lint --spec=SPEC --fail-on=eror         | '--fail-on': found eror, did you mean error?",
        "lint --spec=SPEC --fail-on=all          | '--fail-on': found all, there are info, warning, error",
        "apply --rollback --out=OUT --spec=SPEC  | --rollback takes no --spec: it puts back the files",
        "apply --rollback --out=OUT --dry-run    | --rollback has no --dry-run: what it puts back stands in",
        "apply --rollback --out=OUT              | OUT: no such folder; --out is the folder that was applied to",
        "cost RULES --prometheus=http://me:secret@127.0.0.1:1 | --prometheus: holds a user or password; they belong",
        "apply --spec=SPEC --out=OUT --prometheus=http://me:secret@127.0.0.1:1 | --prometheus: holds a user or password;",
        "cost RULES --prometheus=http://me:secret@my_host:9090 | --prometheus: holds a user or password;",
        "cost RULES --prometheus=http://me:secret%zz@host:9090 | --prometheus: holds a user or password;",
        "cost RULES --prometheus=http://me:secret/1@host:9090 | --prometheus: holds a user or password;",
        "cost RULES --prometheus=http://me:80/secret@host:9090 | --prometheus: holds a user or password;",
        "apply --spec=SPEC --out=OUT --prometheus=http://me:secret@my_host:9090 | --prometheus: holds a user or password;",
        "apply --spec=SPEC --out=OUT --alertmanager=http://me:secret%zz@host:9090 | --alertmanager: holds a user or password;",
        "apply --spec=SPEC --out=OUT --prometheus=http://my%zz:9090 | --prometheus: found \"http://my%zz:9090\", needs http://host:port",
        "import SPEC                             | SPEC: is a specification already, and import makes one of rules",
      })
  void a_slip_ends_with_two_and_is_told_what_would_be_right(String typed, String told)
      throws Exception {
    Captured slip = run(typed == null ? "" : typed);
    assertThat(slip.code()).as(slip.toString()).isEqualTo(2);
    assertThat(slip.err()).contains(named(told));
    assertThat(slip.err()).doesNotContain("secret");
    assertThat(slip.out()).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void rules_given_as_a_specification_and_the_other_way_round_are_told_once() throws Exception {
    Captured cost = run("cost SPEC");
    assertThat(cost.code()).isEqualTo(1);
    assertThat(cost.err())
        .contains(named("is a specification and no rule file: write --spec SPEC"));
    assertThat(cost.out()).isEmpty();
    Captured validate = run("validate --spec=RULES");
    assertThat(validate.code()).isEqualTo(1);
    assertThat(validate.err())
        .contains("r.yml:1:1: is a rule file and no specification: lint, cost and format take it")
        .endsWith("1 problem\n");
  }

  @Test
  void levels_may_be_written_in_any_case() throws Exception {
    assertThat(run("lint --spec=SPEC --fail-on=Error").code()).isZero();
  }

  private Captured run(String typed) throws Exception {
    Files.writeString(folder.resolve("r.yml"), RULES);
    String all = named(typed);
    return Captured.run(all.isEmpty() ? new String[0] : all.split(" +"));
  }

  private String named(String text) {
    return text.replace("SPEC", "examples/fleet.yaml")
        .replace("RULES", folder.resolve("r.yml").toString())
        .replace("OUT", folder.resolve("out").toString());
  }
}
