package dev.tidemark.toolkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the JDK's client was used before ours and does not let requests name their host. */
@Timeout(60)
class UnpinnedTest {
  @Test
  void calls_go_by_name() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer((request, wire) -> wire.reply(200, "", "by name"));
        Watchdog watchdog = new Watchdog("test");
        Opened opened = open(watchdog, "http://localhost:" + server.port() + "/", false)) {
      assertThat(new String(opened.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("by name");
      assertThat(server.requests().get(0)).contains("Host: localhost:" + server.port());
    }
  }

  @Test
  void calls_that_need_the_checked_address_are_refused() {
    try (Watchdog watchdog = new Watchdog("test")) {
      HttpFailure failure =
          catchThrowableOfType(
              HttpFailure.class, () -> open(watchdog, "http://localhost:1/", true).close());
      assertThat(failure.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
      assertThat(failure).hasMessageContaining("allowRestrictedHeaders=host");
    }
  }

  private static Opened open(Watchdog watchdog, String url, boolean required) throws HttpFailure {
    Exchange exchange =
        new Exchange(
            new Clients(HttpConfig.NONE, Duration.ofSeconds(5)),
            new Resolver(InetAddress::getAllByName, AddressPolicy.any()),
            new Credentials(HttpConfig.NONE),
            watchdog,
            new Exchange.Pinning(false, required, Optional.empty()));
    Deadline deadline = Deadline.in(Duration.ofSeconds(20));
    return exchange.open(OutgoingRequest.get(URI.create(url)), 1_000, deadline, true);
  }
}
