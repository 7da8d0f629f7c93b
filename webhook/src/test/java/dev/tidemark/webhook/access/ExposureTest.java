package dev.tidemark.webhook.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "127.0.0.1:9478, true",
    "127.8.8.8:1, true",
    "localhost:0, true",
    "LOCALHOST:0, true",
    "[::1]:9478, true",
    ":9478, false",
    "0.0.0.0:9478, false",
    "[::]:9478, false",
    "10.0.0.7:9478, false",
    "127.0.0.1.evil.example:1, false",
    "webhook.example:9478, false",
  })
  void knows_what_only_this_machine_reaches(String address, boolean loopback) {
    assertThat(new Exposure(List.of(address), false).onlyLoopback()).isEqualTo(loopback);
  }

  @ParameterizedTest(name = "public {0}, credentials {1}, flag {2}: serves {3}, auto {4}")
  @CsvSource({
    "false, false, false, true, true",
    "false, true, false, true, true",
    "true, true, false, true, true",
    "true, true, true, true, true",
    "true, false, false, false, false",
    "true, false, true, true, false",
  })
  void a_public_address_needs_credentials_or_gives_up_auto(
      boolean open, boolean credentials, boolean flag, boolean serves, boolean auto) {
    Exposure exposure =
        new Exposure(open ? List.of("127.0.0.1:1", ":9478") : List.of("127.0.0.1:1"), flag);
    assertThat(exposure.refusal(credentials).isEmpty()).isEqualTo(serves);
    assertThat(exposure.autoAllowed(credentials)).isEqualTo(auto);
    if (!serves) {
      assertThat(exposure.refusal(credentials).orElseThrow())
          .contains(":9478", "--web.config.file", "--web.allow-unauthenticated");
    }
  }

  @Test
  void a_role_that_a_reload_takes_away_is_gone_at_once() {
    var config = new AtomicReference<>(new AccessConfig(Map.of("ann", List.of(Role.APPROVER))));
    var rules = new AccessRules(config::get, new Exposure(List.of(":1"), false));
    assertThat(rules.refusal(rules.caller(Optional.of("ann")), Role.APPROVER)).isEmpty();
    config.set(AccessConfig.NONE);
    assertThat(rules.refusal(rules.caller(Optional.of("ann")), Role.APPROVER)).isPresent();
  }

  @Test
  void without_credentials_the_machine_owner_may_all_and_a_stranger_nothing() {
    var local = new AccessRules(AccessConfig.NONE, new Exposure(List.of("127.0.0.1:1"), false));
    Caller owner = local.caller(Optional.empty());
    assertThat(local.refusal(owner, Role.APPROVER)).isEmpty();

    var open = new AccessRules(AccessConfig.NONE, new Exposure(List.of(":1"), true));
    Caller stranger = open.caller(Optional.empty());
    assertThat(open.refusal(stranger, Role.OPERATOR).orElseThrow()).contains("nobody has a name");
  }
}
