package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "goroutine 7 [chan send]:; 7; chan send; -1; false",
        "goroutine 7 [chan send, 61 minutes]:; 7; chan send; 61; false",
        "goroutine 7 [chan receive, 1 minutes, locked to thread]:; 7; chan receive; 1; false",
        "goroutine 7 [syscall, locked to thread]:; 7; syscall; -1; false",
        "goroutine 7 [chan send (nil chan), 5 minutes]:; 7; chan send (nil chan); 5; false",
        "goroutine 7 [select (no cases)]:; 7; select (no cases); -1; false",
        "goroutine 7 [GC worker (idle), 3 minutes]:; 7; GC worker (idle); 3; false",
        "goroutine 7 [runnable (scan)]:; 7; runnable; -1; false",
        "goroutine 7 [chan receive (scan), 2 minutes]:; 7; chan receive; 2; false",
        "goroutine 7 [chan send (leaked), 4 minutes]:; 7; chan send; 4; true",
        "goroutine 7 [select (no cases) (leaked)]:; 7; select (no cases); -1; true",
        "goroutine 7 [select (durable), synctest bubble 1]:; 7; select; -1; false",
        "goroutine 7 [sync.Mutex.Lock, 12 minutes]:; 7; sync.Mutex.Lock; 12; false",
        "goroutine 8 [running labels:{\"foobar\": \"baz\"}]:; 8; running; -1; false",
        "goroutine 8 [select, 9 minutes labels:{\"a\": \"x]: , y\", \"b\\\"]:\": \"1\"}]:; 8; select; 9; false",
        "goroutine 8 [running] {pattern: \"GET /\"}:; 8; running; -1; false",
        "goroutine 18 gp=0xc000102c40 m=nil [chan send, 2 minutes]:; 18; chan send; 2; false",
        "goroutine 0 gp=0x6c8e20 m=0 mp=0x6c9460 [idle]:; 0; idle; -1; false",
        "2026-01-02T03:04:05.678Z goroutine 7 [chan send]:; 7; chan send; -1; false",
        "    app_test.go:12: goroutine 7 [chan send]:; 7; chan send; -1; false",
        "panic: x\\n\\ngoroutine 1 [running]:; 1; running; -1; false",
        "goroutine 99999999999999999999 [select]:; -1; select; -1; false",
      })
  void reads_the_headers_of_all_versions(
      String line, long id, String state, long minutes, boolean leaked) {
    Header header = Objects.requireNonNull(Header.in(line), line);
    assertThat(header.id()).isEqualTo(id);
    assertThat(header.state()).isEqualTo(state);
    assertThat(header.minutes()).isEqualTo(minutes);
    assertThat(header.leaked()).isEqualTo(leaked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "goroutine ",
        "goroutine 7",
        "goroutine 7 [chan send",
        "goroutine 7 [chan send]",
        "goroutine x [chan send]:",
        "mygoroutine 7 [chan send]:",
        "[originating from goroutine 24]:",
        "created by main.main in goroutine 1",
        "goroutine profile: total 12",
        "goroutine 7 has died (see [1]: x)",
        "goroutine 8 [running labels:{\"a]: ",
      })
  void passes_over_what_is_no_header(String line) {
    assertThat(Header.in(line)).isNull();
  }
}
