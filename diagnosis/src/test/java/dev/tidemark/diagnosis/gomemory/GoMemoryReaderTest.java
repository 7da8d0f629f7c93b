package dev.tidemark.diagnosis.gomemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.input.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GoMemoryReaderTest {
  private static GoMemory read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return GoMemoryReader.read(Input.open(new ByteArrayInputStream(bytes), 1 << 20));
  }

  @Test
  void metrics_are_read_with_labels_and_timestamps_and_absurd_lines_are_not() throws IOException {
    GoMemory go =
        read(
            """
            # TYPE go_goroutines gauge
            go_goroutines{pod="pay-0"} 1.2e+03 1795269260778
            go_memstats_sys_bytes 1048576
            go_memstats_heap_released_bytes 48576
            go_memstats_heap_inuse_bytes NaN
            go_memstats_stack_inuse_bytes many
            go_memstats_mspan_inuse_bytes -1
            """);
    assertThat(go.value("go_goroutines")).hasValue(1200);
    assertThat(go.held()).hasValue(1_000_000);
    assertThat(go.value("go_memstats_heap_inuse_bytes")).isEmpty();
    assertThat(go.value("go_memstats_stack_inuse_bytes")).isEmpty();
    assertThat(go.value("go_memstats_mspan_inuse_bytes")).isEmpty();
  }

  @Test
  void the_live_heap_is_told_or_follows_from_the_goal() throws IOException {
    assertThat(read("go_gc_heap_live_bytes 7\ngo_memstats_next_gc_bytes 30\n").live()).hasValue(7);
    assertThat(read("go_gc_gogc_percent 50\ngo_memstats_next_gc_bytes 30\n").live()).hasValue(20);
    assertThat(read("go_memstats_next_gc_bytes 30\n").live()).hasValue(15);
    assertThat(read("go_goroutines 1\n").live()).isEmpty();
  }

  @Test
  void no_gomemlimit_is_not_one_of_9_exabytes() throws IOException {
    assertThat(read("go_gc_gomemlimit_bytes 9.223372036854776e+18\n").gomemlimit()).isEmpty();
    assertThat(read("go_gc_gomemlimit_bytes 5e8\n").gomemlimit()).hasValue(5e8);
  }

  @Test
  void memstats_are_read_as_json_and_after_a_heap_profile() throws IOException {
    GoMemory json =
        read(
            "{\"memstats\": {\"Alloc\":5,\"Sys\":900,\"HeapInuse\": 400,\"StackInuse\":100,\"LastGC\":1795269260778000000}}");
    GoMemory text =
        read(
            "heap profile: 1: 2 [3: 4] @ heap/1048576\n# runtime.MemStats\n# Sys = 900\n# Stack = 100 / 131072\n# HeapInuse = 400\n");
    assertThat(json.value("go_memstats_sys_bytes")).hasValue(900);
    assertThat(json.value("go_memstats_last_gc_time_seconds"))
        .hasValueCloseTo(1795269260.778, org.assertj.core.data.Offset.offset(1e-3));
    assertThat(text.value("go_memstats_stack_inuse_bytes")).hasValue(100);
    assertThat(text.value("go_memstats_heap_inuse_bytes")).hasValue(400);
  }

  @Test
  void metrics_of_another_language_are_refused() {
    assertThatThrownBy(() -> read("jvm_threads 3\n"))
        .hasMessageContaining("needs metrics of a Go process");
    assertThatThrownBy(() -> read("")).hasMessageContaining("is empty");
  }
}
