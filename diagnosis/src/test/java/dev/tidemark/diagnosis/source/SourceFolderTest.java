package dev.tidemark.diagnosis.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceFolderTest {
  @TempDir Path root;

  @BeforeEach
  void write() throws Exception {
    Path queue = Files.createDirectories(root.resolve("app/queue"));
    Files.writeString(
        queue.resolve("queue.go"),
        """
        package queue

        func (q *Queue) push(item int) {
        	q.items <- item
        }

        func (q *Queue) run(ctx context.Context) {
        	for {
        		select {
        		case item := <-q.items:
        			handle(item)
        		case <-time.After(time.Second):
        			{
        			}
        		case <-ctx.Done():
        			return
        		}
        	}
        }

        func (q *Queue) once() {
        	select {
        	case <-q.stop:
        	}
        }
        """);
    Files.writeString(
        queue.resolve("close.go"), "package queue\n\nfunc end() { close(q.items) }\n");
    Path other = Files.createDirectories(root.resolve("lib/queue"));
    Files.writeString(other.resolve("queue.go"), "package queue\n// another file of that name\n");
  }

  @Test
  void shows_a_line_with_the_other_ends_of_its_channel() throws Exception {
    SourceView view = SourceFolder.of(root).at("/build/app/queue/queue.go", 4).orElseThrow();
    assertThat(view.text()).isEqualTo("q.items <- item");
    assertThat(view.others())
        .containsExactly(new SourceView.Place("queue.go", 10, "case item := <-q.items:"));
    assertThat(view.timer()).isFalse();
  }

  @Test
  void who_receives_is_ended_by_who_sends_or_closes() throws Exception {
    SourceView view = SourceFolder.of(root).at("/build/app/queue/queue.go", 9).orElseThrow();
    assertThat(view.others())
        .containsExactly(
            new SourceView.Place("close.go", 3, "func end() { close(q.items) }"),
            new SourceView.Place("queue.go", 4, "q.items <- item"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a select over a field                | 5  | 14 15",
        "a select in one line                 | 24 | 6 14 15 29",
        "what a function returns              | 19 | 22",
        "a variable that is made in the same  | 29 | 14 15 28",
        "a range                              | 34 | 36",
        "a case that sends, in a select       | 36 | 34",
        "a line that waits for no channel     | 39 | ''",
      })
  void names_the_lines_that_could_end_a_wait(String of, int line, String others) throws Exception {
    Path app = Files.createDirectories(root.resolve("ends"));
    Files.writeString(
        app.resolve("ends.go"),
        """
        package ends

        func (w *watch) run() {
        	for {
        		select {
        		case <-w.quit: // <-end
        			return
        		case <-in:
        		}
        	}
        }
        func stop() {
        	fmt.Println("w.quit <- 1") // w.quit <- 1
        	w.quit <- struct{}{}
        	close(w.quit)
        	return <-x
        }
        func wait(out chan int) int {
        	return <-out
        }
        func serve(out <-chan int, quit chan<- bool) {
        	out <- 1
        	quit <- true
        	for { select { case <-b.quit: case quit <- false: } }
        }
        func local() {
        	made := make(chan int)
        	go func() { made <- 1 }()
        	v, quit := <-made, <-h.quit
        }
        func elsewhere(made chan int) { made <- 2 }
        func each(jobs chan job, other []job) {
        	for i, made := range other { use(i, made) }
        	for j := range jobs {
        		select {
        		case jobs <- j:
        		}
        	}
        	time.Sleep(1)
        }
        """);
    Files.writeString(app.resolve("ends_test.go"), "package ends\nfunc f() { close(w.quit) }\n");
    assertThat(SourceFolder.of(root).at("/src/ends/ends.go", line).orElseThrow().others())
        .as(of)
        .extracting(place -> String.valueOf(place.line()))
        .containsExactlyInAnyOrder(others.isEmpty() ? new String[0] : others.split(" "));
  }

  @Test
  void says_what_a_select_waits_for() throws Exception {
    SourceFolder folder = SourceFolder.of(root);
    SourceView view = folder.at("example.com/app/queue/queue.go", 9).orElseThrow();
    assertThat(view.timer()).isTrue();
    assertThat(view.done()).isTrue();
    assertThat(view.timeAfterInLoop()).isTrue();
    SourceView once = folder.at("app/queue/queue.go", 22).orElseThrow();
    assertThat(once.timer()).isFalse();
    assertThat(once.done()).isFalse();
    assertThat(once.timeAfterInLoop()).isFalse();
  }

  @Test
  void has_nothing_to_say_of_what_is_not_there() throws Exception {
    SourceFolder folder = SourceFolder.of(root);
    assertThat(folder.at("/src/none.go", 1)).isEmpty();
    assertThat(folder.at("app/queue/queue.go", 999)).isEmpty();
    assertThat(folder.at("app/queue/queue.go", 0)).isEmpty();
    assertThat(folder.at("../../etc/passwd", 1)).isEmpty();
    assertThat(folder.at("", 1)).isEmpty();
  }

  @Test
  void says_where_another_function_stops_the_ticker_of_a_loop() throws Exception {
    Path app = Files.createDirectories(root.resolve("tick"));
    Files.writeString(
        app.resolve("tick.go"),
        """
        package tick

        func (p *progress) report() {
        	for range p.t.C {
        	}
        }

        func upload() {
        	defer p.t.Stop()
        }

        func literal() {
        	t := time.NewTicker(1)
        	go func() {
        		for range t.C {
        		}
        	}()
        	t.Stop()
        }

        func healthy() {
        	go func() {
        		t := time.NewTicker(1)
        		defer t.Stop()
        		for {
        			<-t.C
        		}
        	}()
        }
        """);
    SourceFolder folder = SourceFolder.of(root);
    assertThat(folder.at("tick/tick.go", 4).orElseThrow().stopped())
        .isEqualTo(new SourceView.Place("tick.go", 9, "defer p.t.Stop()"));
    assertThat(folder.at("tick/tick.go", 15).orElseThrow().stopped())
        .isEqualTo(new SourceView.Place("tick.go", 18, "t.Stop()"));
    SourceView healthy = folder.at("tick/tick.go", 26).orElseThrow();
    assertThat(healthy.timer()).isTrue();
    assertThat(healthy.stopped()).isNull();
  }
}
