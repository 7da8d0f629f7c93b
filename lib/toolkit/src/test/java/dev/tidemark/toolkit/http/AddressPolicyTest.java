package dev.tidemark.toolkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import dev.tidemark.toolkit.http.OutgoingLimits.Retries;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AddressPolicyTest {
  private static final OutgoingLimits ONCE =
      OutgoingLimits.defaults().withRetries(new Retries(1, Duration.ofMillis(1)));

  @ParameterizedTest(name = "{0} allowed: {1}")
  @CsvSource(
      textBlock =
          """
          10.0.0.7,                    true
          192.168.1.1,                 true
          127.0.0.1,                   true
          ::1,                         true
          fd12:3456::7,                true
          2001:db8::1,                 true
          169.254.169.254,             false
          169.254.0.1,                 false
          ::ffff:169.254.169.254,      false
          64:ff9b::a9fe:a9fe,          false
          64:ff9b::10.0.0.7,           true
          2002:a9fe:a9fe::1,           false
          ::169.254.169.254,           false
          fe80::1,                     false
          fd00:ec2::254,               false
          168.63.129.16,               false
          100.100.100.200,             false
          192.0.0.192,                 false
          0.0.0.0,                     false
          ::,                          false
          224.0.0.1,                   false
          ff02::1,                     false
          """)
  void refuses_metadata_services_in_every_disguise(String text, boolean allowed)
      throws UnknownHostException {
    InetAddress address = address(text);
    assertThat(AddressPolicy.noMetadata().refuse(address).isEmpty()).isEqualTo(allowed);
  }

  @ParameterizedTest(name = "{0} allowed: {1}")
  @CsvSource({
    "127.0.0.1,false",
    "127.9.9.9,false",
    "::1,false",
    "64:ff9b::7f00:1,false",
    "10.0.0.1,true"
  })
  void can_refuse_the_machine_itself(String text, boolean allowed) throws UnknownHostException {
    assertThat(AddressPolicy.noLoopback().refuse(address(text)).isEmpty()).isEqualTo(allowed);
    var both = AddressPolicy.noMetadata().and(AddressPolicy.noLoopback());
    assertThat(both.refuse(address(text)).isEmpty()).isEqualTo(allowed);
    assertThat(both.refuse(address("169.254.169.254"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/latest/meta-data",
    "http://[fd00:ec2::254]/",
    "http://[::ffff:169.254.169.254]/",
    "http://2852039166/",
    "http://0xa9fea9fe/"
  })
  void connects_to_no_metadata_service_however_it_is_written(String url) throws Exception {
    try (OutgoingHttp http =
        new OutgoingHttp(
            "test", HttpConfig.NONE, ONCE, AddressPolicy.noMetadata(), OutgoingMetrics.none())) {
      HttpFailure failure =
          OutgoingHttpTest.failure(
              http, OutgoingRequest.get(URI.create(url)), new Bounds(100, Duration.ofSeconds(2)));
      // numbers in other bases are addresses to some resolvers and unknown names to others
      assertThat(failure.reason()).isIn(Reason.ADDRESS_REFUSED, Reason.UNREACHABLE);
      assertThat(failure.mayHaveBeenReceived()).isFalse();
    }
  }

  @Test
  void refuses_a_name_when_one_of_its_addresses_is_refused() throws Exception {
    try (OutgoingHttp http =
        resolving(host -> addresses("127.0.0.1", "169.254.169.254"), AddressPolicy.noMetadata())) {
      HttpFailure failure = get(http, "http://target.example:1/");
      assertThat(failure.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
      assertThat(failure)
          .hasMessageContaining("target.example")
          .hasMessageContaining("169.254.169.254");
    }
  }

  @Test
  void connects_to_the_address_it_checked_even_if_the_name_moves() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Resolver.Names moving =
        host -> addresses(asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254");
    try (ScriptedServer server =
            new ScriptedServer((request, wire) -> wire.reply(200, "", "here"));
        OutgoingHttp http = resolving(moving, AddressPolicy.noMetadata())) {
      URI uri = URI.create("http://target.example:" + server.port() + "/p?q=1");
      Reply reply = http.send(OutgoingRequest.get(uri), new Bounds(100, Duration.ofSeconds(10)));
      assertThat(reply.text()).isEqualTo("here");
      assertThat(asked).hasValue(1);
      assertThat(server.requests().get(0))
          .startsWith("GET /p?q=1 HTTP/1.1\r\n")
          .contains("Host: target.example:" + server.port() + "\r\n");
    }
  }

  @Test
  void tries_the_next_address_when_one_does_not_connect() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer((request, wire) -> wire.reply(200, "", "second"));
        OutgoingHttp http =
            resolving(host -> addresses("127.0.0.2", "127.0.0.1"), AddressPolicy.any())) {
      URI uri = URI.create("http://replicas.example:" + server.port() + "/");
      Reply reply = http.send(OutgoingRequest.get(uri), new Bounds(100, Duration.ofSeconds(10)));
      assertThat(reply.text()).isEqualTo("second");
    }
  }

  @Test
  void waits_for_a_slow_resolver_no_longer_than_for_anything_else() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Resolver.Names stuck =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (OutgoingHttp http = resolving(stuck, AddressPolicy.any())) {
      assertThat(get(http, "http://slow.example/").reason()).isEqualTo(Reason.UNREACHABLE);
    } finally {
      never.countDown();
    }
  }

  private static HttpFailure get(OutgoingHttp http, String url) {
    return OutgoingHttpTest.failure(
        http, OutgoingRequest.get(URI.create(url)), new Bounds(100, Duration.ofMillis(500)));
  }

  static OutgoingHttp resolving(Resolver.Names names, AddressPolicy policy) {
    return new OutgoingHttp(
        "test", HttpConfig.NONE, ONCE, new Resolver(names, policy), OutgoingMetrics.none());
  }

  static InetAddress[] addresses(String... texts) throws UnknownHostException {
    InetAddress[] addresses = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) {
      addresses[i] = address(texts[i]);
    }
    return addresses;
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getAllByName(text)[0];
  }
}
