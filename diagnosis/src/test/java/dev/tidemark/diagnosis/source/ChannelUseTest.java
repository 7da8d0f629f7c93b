package dev.tidemark.diagnosis.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelUseTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "ch <- v | SEND ch",
        "case w.in <- v: | SEND w.in",
        "s.parts[i+f(1)] <- x | SEND s.parts",
        "s.queue(a, b) <- x | SEND s.queue()",
        "m.(chan int) <- x | SEND m",
        "out <- <-in | SEND out, RECEIVE in",
        "go func() { c <- 1 }() | SEND c",
        "case <-x: | RECEIVE x",
        "return <-x | RECEIVE x",
        "x := <-ch | RECEIVE ch",
        "v, ok := <-p.pool[0].ch; ok | RECEIVE p.pool.ch",
        "f(<-a, <- b) | RECEIVE a, RECEIVE b",
        "if !<-ready { | RECEIVE ready",
        "<-(done) | RECEIVE done",
        "<-s.stopped() | RECEIVE s.stopped()",
        "<-p.t.C | ##",
        "for range ch { | RANGE ch",
        "for v := range h.ch { | RANGE h.ch",
        "for i, v := range list { | ##",
        "defer close(w.quit) | CLOSE w.quit",
        "w.close(x) | ##",
        "file.Close() | ##",
        "func f(in <-chan int, out chan<- int) { | ##",
        "var in <-chan int = make(chan<- int) | ##",
        "log(\"a <- b\", 'x', `c <- d`) // e <- f | ##",
        "a /* b <- c */ <- 1 | SEND a",
        "log(\"\\\" <-\", '\\'') ; a <- 1 | SEND a",
        "x <- | SEND x",
        ") <- ( | ##",
      })
  void tells_what_a_line_does(String line, String uses) {
    String told =
        String.join(
            ", ",
            ChannelUse.in(line).stream().map(use -> use.kind() + " " + use.channel()).toList());
    assertThat(told).isEqualTo(uses);
  }
}
