package dev.tidemark.webhook.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.webhook.alert.AlertStatus;
import dev.tidemark.webhook.alert.Fingerprint;
import dev.tidemark.webhook.alert.Notification;
import dev.tidemark.webhook.intake.BadPayload.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadReaderTest {
  private static final PayloadReader READER = new PayloadReader(PayloadLimits.DEFAULT);
  private static final String GOOD = Payloads.firing(1);

  private static Notification read(String text) throws BadPayload {
    return READER.read(text.getBytes(UTF_8));
  }

  @Test
  void reads_a_group_with_a_firing_and_a_resolved_alert() throws BadPayload {
    Notification n =
        read(
            Payloads.group("firing", Payloads.alert(0, "firing"), Payloads.alert(1, "resolved"))
                .replace("\"truncatedAlerts\":0", "\"truncatedAlerts\":3"));

    assertThat(n.version()).isEqualTo("4");
    assertThat(n.status()).isEqualTo(AlertStatus.FIRING);
    assertThat(n.receiver()).isEqualTo("tide.mark");
    assertThat(n.groupKey()).isEqualTo("{}:{alertname=\"GoGoroutineLeak\"}");
    assertThat(n.groupLabels()).containsEntry("alertname", "GoGoroutineLeak");
    assertThat(n.commonLabels()).containsEntry("namespace", "pay");
    assertThat(n.externalUrl()).isEqualTo("http://alertmanager.example");
    assertThat(n.truncatedAlerts()).isEqualTo(3);
    assertThat(n.alerts()).hasSize(2);
    var firing = n.alerts().get(0);
    assertThat(firing.status()).isEqualTo(AlertStatus.FIRING);
    assertThat(firing.endsAt()).as("year 1 means no end").isNull();
    assertThat(firing.startsAt()).isEqualTo(Instant.parse("2026-03-01T08:00:00.123456789Z"));
    assertThat(firing.fingerprint()).isEqualTo(new Fingerprint("b3639920c60bce84"));
    assertThat(firing.annotations()).containsEntry("summary", "goroutines grow & grow");
    assertThat(firing.generatorUrl()).endsWith("g0.expr=x&g0.tab=1");
    var resolved = n.alerts().get(1);
    assertThat(resolved.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(resolved.endsAt()).isEqualTo(Instant.parse("2026-03-01T09:00:00.5Z"));
  }

  @Test
  void keys_of_newer_versions_are_skipped_whatever_they_hold() throws BadPayload {
    String newer =
        GOOD.replace(
            "\"version\"",
            "\"notification_reason\":\"first notification\",\"routeLabels\":{\"a\":[1,{\"b\":null}]},"
                + "\"future\":[[[1e400]]],\"version\"");
    assertThat(read(newer).alerts()).hasSize(1);
  }

  @Test
  void maps_that_go_leaves_unset_are_empty() throws BadPayload {
    Notification n = read(GOOD.replaceFirst("\"annotations\":\\{[^}]*}", "\"annotations\":null"));
    assertThat(n.alerts().get(0).annotations()).isEmpty();
  }

  @Test
  void label_names_and_values_may_be_any_unicode() throws BadPayload {
    Notification n =
        read(
            GOOD.replace(
                "\"pod\":",
                "\"service.name\":\"зал\",\"größe\":\"\\ud83d\\ude00\",\"a\\u0000b\":\"\",\"pod\":"));
    assertThat(n.alerts().get(0).labels())
        .containsEntry("service.name", "зал")
        .containsEntry("größe", "😀")
        .containsEntry("a\0b", "");
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "no\\.dot, no.dot",
    "pay/route/a\\+b, pay/route/a+b",
    "\\(a\\|b\\)\\$, (a|b)$",
    "back\\\\slash, back\\slash",
    "odd\\n, odd\\n",
    "end\\, end\\",
  })
  void undoes_what_alertmanager_quotes_in_a_receiver(String sent, String configured) {
    assertThat(ReceiverName.unquote(sent)).isEqualTo(configured);
  }

  static Stream<Arguments> bad() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    return Stream.of(
        bad("nothing", "", Reason.EMPTY, "empty"),
        bad("blanks", " \n\t", Reason.EMPTY, "empty"),
        bad("a byte order mark", "\uFEFF" + GOOD, Reason.ENCODING, "byte order mark"),
        bad("HTML", "<html>no</html>", Reason.JSON, "line 1"),
        bad("half of it", GOOD.substring(0, GOOD.length() / 2), Reason.JSON, "end-of-input"),
        bad("more after it", GOOD + "{}", Reason.JSON, "after the JSON object"),
        bad("garbage after it", GOOD + "xyz", Reason.JSON, "line"),
        bad("an array", "[" + GOOD + "]", Reason.TYPE, "expected an object, found an array"),
        bad("null", "null", Reason.TYPE, "found null"),
        bad("a comment", "/* a */" + GOOD, Reason.JSON, "line 1"),
        bad("NaN", GOOD.replace("Alerts\":0", "Alerts\":NaN"), Reason.JSON, "NaN"),
        bad(
            "a key twice",
            GOOD.replace("{\"rec", "{\"status\":\"firing\",\"rec"),
            Reason.JSON,
            "Dup"),
        bad("a label twice", GOOD.replace("\"pod\"", "\"namespace\""), Reason.JSON, "Duplicate"),
        bad(
            "deep nesting",
            GOOD.replace("{\"rec", "{\"x\":" + deep + ",\"rec"),
            Reason.LIMIT,
            "dep"),
        bad("a raw control character", GOOD.replace("pay-0", "pay\u0001"), Reason.JSON, "line"),
        bad("half a surrogate", GOOD.replace("pay-0", "\\ud800"), Reason.ENCODING, "surrogate"),
        bad("half in a name", GOOD.replace("\"pod\"", "\"\\udc00\""), Reason.JSON, "surrogate"),
        bad("no version", GOOD.replace("\"version\":\"4\",", ""), Reason.VERSION, "no \"version\""),
        bad(
            "version 1",
            GOOD.replace("\"version\":\"4\"", "\"version\":\"1\""),
            Reason.VERSION,
            "\"1\""),
        bad(
            "version as number",
            GOOD.replace("\"4\"", "4"),
            Reason.TYPE,
            "/version: expected a string"),
        bad("another payload", "{\"text\":\"it fires\"}", Reason.VERSION, "payload:"),
        bad("no groupKey", GOOD.replace("groupKey", "key"), Reason.MISSING, "missing groupKey"),
        bad(
            "no receiver, no status",
            "{\"version\":\"4\",\"alerts\":[]}",
            Reason.MISSING,
            "missing groupKey, status, receiver"),
        bad(
            "no alerts",
            GOOD.replace("\"alerts\"", "\"alarms\""),
            Reason.MISSING,
            "missing alerts"),
        bad("empty alerts", Payloads.group("firing"), Reason.MISSING, "alerts is empty"),
        bad(
            "alerts null",
            GOOD.replaceFirst("\"alerts\":\\[.*?}]", "\"alerts\":null"),
            Reason.TYPE,
            "/alerts: expected an array, found null"),
        bad("an alert is a string", Payloads.group("firing", "\"a\""), Reason.TYPE, "/alerts/0"),
        bad(
            "no fingerprint",
            GOOD.replace("\"fingerprint\"", "\"print\""),
            Reason.MISSING,
            "alerts[0]: missing fingerprint"),
        bad(
            "a path for a fingerprint",
            GOOD.replace(Payloads.fingerprint(0), "../../etc"),
            Reason.VALUE,
            "alerts[0]: a fingerprint is"),
        bad(
            "an alert twice",
            Payloads.group("firing", Payloads.alert(0, "firing"), Payloads.alert(0, "resolved")),
            Reason.VALUE,
            "alerts[1]: fingerprint b3639920c60bce84 is in this group already"),
        bad("no startsAt", GOOD.replace("startsAt", "start"), Reason.MISSING, "missing startsAt"),
        bad(
            "resolved without end",
            Payloads.group("resolved", Payloads.alert(0, "resolved").replace("endsAt", "end")),
            Reason.MISSING,
            "missing endsAt"),
        bad("no labels", GOOD.replace("\"labels\"", "\"tags\""), Reason.MISSING, "missing labels"),
        bad(
            "empty labels",
            GOOD.replaceFirst("\"labels\":\\{[^}]*}", "\"labels\":{}"),
            Reason.MISSING,
            "labels is empty"),
        bad("an empty label name", GOOD.replace("\"pod\":", "\"\":"), Reason.VALUE, "empty name"),
        bad(
            "a number for a label",
            GOOD.replace("\"pay-0\"", "7"),
            Reason.TYPE,
            "/alerts/0/labels/pod: expected a string, found a number"),
        bad(
            "a status we do not know",
            Payloads.group("pending", Payloads.alert(0, "firing")),
            Reason.VALUE,
            "expected firing or resolved, found \"pending\""),
        bad(
            "a date for a time",
            GOOD.replace("2026-03-01T08:00:00.123456789Z", "2026-03-01"),
            Reason.VALUE,
            "/alerts/0/startsAt: expected a time such as"),
        bad(
            "a year out of range",
            GOOD.replace("2026-03-01T08:00:00.123456789Z", "+123456-03-01T08:00:00Z"),
            Reason.VALUE,
            "startsAt"),
        bad(
            "a number for a time",
            GOOD.replace("\"2026-03-01T08:00:00.123456789Z\"", "17"),
            Reason.TYPE,
            "startsAt"),
        bad(
            "a negative count",
            GOOD.replace("Alerts\":0", "Alerts\":-1"),
            Reason.VALUE,
            "0 or more"),
        bad(
            "a fraction for a count",
            GOOD.replace("Alerts\":0", "Alerts\":1.5"),
            Reason.TYPE,
            "whole"),
        bad(
            "a huge count",
            GOOD.replace("Alerts\":0", "Alerts\":" + "9".repeat(19)),
            Reason.VALUE,
            "9"),
        bad(
            "a number of a megabyte",
            GOOD.replace("Alerts\":0", "Alerts\":" + "9".repeat(1 << 20)),
            Reason.LIMIT,
            "umber"),
        bad(
            "a label value of 200 kB",
            GOOD.replace("pay-0", "x".repeat(200_000)),
            Reason.LIMIT,
            "ength"),
        bad(
            "a label name of 2 kB",
            GOOD.replace("\"pod\"", "\"" + "n".repeat(2_000) + "\""),
            Reason.LIMIT,
            "ame"),
        bad(
            "300 labels",
            GOOD.replace("\"pod\":", labels(300) + "\"pod\":"),
            Reason.LIMIT,
            "more than 256"),
        bad("20,001 alerts", Payloads.firing(20_001), Reason.TOO_LARGE, "max_alerts"));
  }

  private static Arguments bad(String what, String body, Reason reason, String message) {
    return Arguments.of(what, body, reason, message);
  }

  private static String labels(int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append("\"l").append(i).append("\":\"v\",");
    }
    return all.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void refuses_and_says_why(String what, String body, Reason reason, String message) {
    BadPayload refused = catchThrowableOfType(BadPayload.class, () -> read(body));
    assertThat(refused).as(what).isNotNull();
    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
    assertThat(refused.getMessage()).contains(message).hasSizeLessThan(600);
    assertThat(refused.status()).isEqualTo(reason == Reason.TOO_LARGE ? 413 : 400);
  }

  @Test
  void refuses_what_is_not_utf_8_in_any_place() {
    byte[][] bodies = {
      GOOD.replace("pay-0", "caf\u00e9").getBytes(StandardCharsets.ISO_8859_1),
      GOOD.getBytes(StandardCharsets.UTF_16),
      GOOD.getBytes(StandardCharsets.UTF_16LE),
      {'{', (byte) 0xc0, (byte) 0x80, '}'}, // an overlong NUL
      {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'}, // an encoded surrogate
    };
    for (byte[] body : bodies) {
      BadPayload refused = catchThrowableOfType(BadPayload.class, () -> READER.read(body));
      assertThat(refused).isNotNull();
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  @Test
  void any_damage_is_refused_or_read_but_never_fails_otherwise() {
    long seed = Long.getLong("seed", 20261121);
    Random random = new Random(seed);
    byte[] good = Payloads.firing(3).getBytes(UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] body = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        READER.read(body);
      } catch (BadPayload refused) {
        assertThat(refused.status()).as("seed %s", seed).isEqualTo(400);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + new String(body, UTF_8), e);
      }
    }
  }
}
