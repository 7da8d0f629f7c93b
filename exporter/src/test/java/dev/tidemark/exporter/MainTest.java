package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.launch.Cli;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
}
