package dev.tidemark.webhook.journal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriterTest {
  @TempDir Path folder;

  @Test
  void an_error_of_the_java_machine_is_told_and_the_next_write_works() throws Exception {
    AtomicInteger syncs = new AtomicInteger();
    try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db")));
        Writer writer =
            new Writer(
                sql,
                nanos -> {
                  if (syncs.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("made up");
                  }
                })) {
      Writer.Work<Integer> one = connection -> 1;
      assertThatThrownBy(() -> writer.submit(0, one).orTimeout(10, SECONDS).join())
          .hasMessageContaining("could not be written");
      assertThat(writer.submit(0, one).get(Duration.ofSeconds(10).toMillis(), MILLISECONDS))
          .isEqualTo(1);
    }
  }
}
