package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tunnels between two connections, as Go 1.24 shows them. */
class HalfTunnelRuleTest {
  /** Carries bytes from one connection to another, for who started it. */
  private static String carrier(long id, int minutes, String from, String to) {
    return """
        goroutine %1$d [IO wait, %2$d minutes]:
        internal/poll.spliceDrain(0x9, 0xc00013e%5$s?, 0x100000)
        \t/go/src/internal/poll/splice_linux.go:1 +0x1
        net.(*TCPConn).ReadFrom(0xc0000%4$s, {0x7edb00?, 0xc0000%3$s?})
        \t/go/src/net/tcpsock.go:1 +0x1
        net.(*TCPConn).WriteTo(0xc0000%3$s, {0x7f34d7a52818, 0xc0000%4$s?})
        \t/go/src/net/tcpsock.go:1 +0x1
        main.(*tunnel).down(0xc0000624%5$s)
        \t/src/proxy.go:21 +0x1
        created by main.(*tunnel).run in goroutine 1%5$s
        \t/src/proxy.go:30 +0x1

        goroutine 1%5$s [chan receive, %2$d minutes]:
        main.(*tunnel).run(0xc0000624%5$s)
        \t/src/proxy.go:32 +0x1
        created by main.proxy in goroutine 5
        \t/src/proxy.go:47 +0x1

        """
        .formatted(id, minutes, from, to, id);
  }

  private static List<String> verdicts(String dump) throws Exception {
    return GoroutineAnalysis.report("x", Dumps.read(dump)).groups().stream()
        .map(group -> group.state() + " " + group.verdict().text() + " " + group.finding())
        .sorted()
        .toList();
  }

  @Test
  void halves_and_who_waits_for_them_are_suspect() throws Exception {
    assertThat(verdicts(carrier(20, 1, "461a0", "461a8") + carrier(21, 3, "461c0", "461c8")))
        .containsExactly(
            "IO wait suspect goroutine-half-tunnel", "chan receive suspect goroutine-half-tunnel");
  }

  @Test
  void a_tunnel_that_carries_both_ways_is_normal_and_so_is_a_young_one() throws Exception {
    assertThat(verdicts(carrier(20, 9, "461a0", "461a8") + carrier(21, 9, "461a8", "461a0")))
        .noneMatch(verdict -> verdict.contains("half-tunnel"));
    assertThat(verdicts(carrier(20, 0, "461a0", "461a8").replace(", 0 minutes", "")))
        .noneMatch(verdict -> verdict.contains("half-tunnel"));
  }

  @Test
  void one_whose_way_back_is_read_by_other_means_is_normal() throws Exception {
    String reader =
        """
        goroutine 30 [IO wait, 9 minutes]:
        net.(*conn).Read(0xc0000461a8)
        \t/go/src/net/net.go:1 +0x1
        main.(*tunnel).inspect(0xc000062420)
        \t/src/proxy.go:60 +0x1
        created by main.(*tunnel).run in goroutine 120
        \t/src/proxy.go:31 +0x1

        """;
    assertThat(verdicts(carrier(20, 9, "461a0", "461a8") + reader))
        .noneMatch(verdict -> verdict.contains("half-tunnel"));
  }
}
