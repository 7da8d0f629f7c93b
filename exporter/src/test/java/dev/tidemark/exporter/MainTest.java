package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.toolkit.launch.Cli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class MainTest {
  @Test
  void ends_as_a_wrong_flag_does_where_the_address_is_taken_or_none(@TempDir Path folder)
      throws Exception {
    Path config = folder.resolve("exporter.yml");
    Files.writeString(config, "sources: [{url: 'http://127.0.0.1:1'}]\n");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String address : new String[] {"127.0.0.1:" + taken.getLocalPort(), "127.0.0.1:99999"}) {
        int code =
            Cli.run(new Main(), "--config.file=" + config, "--web.listen-address=" + address);
        assertThat(code).as(address).isEqualTo(Cli.INVALID);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3/3, 'shards count from 0, so the last of 3 is 2/3; found 3/3'",
    "0/0, of 1 to 1000 shards",
    "0/1001, of 1 to 1000 shards",
    "-1/3, must be index/count such as 0/3",
    "1, must be index/count such as 0/3",
    "a/b, must be index/count such as 0/3",
    "'1/3 ', must be index/count such as 0/3",
    "99999999999/3, must be index/count such as 0/3",
  })
  void refuses_a_shard_that_cannot_be(String shard, String message) {
    assertThatThrownBy(() -> Shard.parse(shard)).hasMessageContaining(message);
    assertThat(Cli.run(new Main(), "--shard=" + shard)).isEqualTo(Cli.INVALID);
  }

  @Test
  void check_tells_what_is_wrong_or_what_would_be_judged_and_starts_nothing(@TempDir Path folder)
      throws Exception {
    Path fine = folder.resolve("fine.yml");
    Files.writeString(
        fine, "{sources: [{url: 'http://127.0.0.1:1', name: west}], requests: later(a)}\n");
    StringWriter said = new StringWriter();
    int code =
        new CommandLine(new CheckCommand())
            .setOut(new PrintWriter(said))
            .execute("--config.file=" + fine);
    assertThat(code).isEqualTo(Cli.OK);
    assertThat(said.toString())
        .contains(
            "fine.yml: fine",
            "warning: requests: no PromQL at 1:1: there is no function",
            "west",
            "goroutines",
            "windows: 1h, 24h, 7d");
    Path wrong = folder.resolve("wrong.yml");
    Files.writeString(wrong, "sources: [{urll: 'http://127.0.0.1:1'}]\n");
    assertThat(Cli.run(new Main(), "check", "--config.file=" + wrong)).isEqualTo(Cli.INVALID);
    assertThat(Cli.run(new Main(), "check", "--config.file=" + folder.resolve("none.yml")))
        .isEqualTo(Cli.INVALID);
  }
}
