package dev.tidemark.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The commands size, schedtrace and trace from arguments to output. */
@ResourceLock(Resources.SYSTEM_OUT)
class RuntimeCommandsTest {
  private static final String METRICS =
      "go_goroutines 2000\ngo_gc_heap_live_bytes 4e7\ngo_memstats_stack_inuse_bytes 8e6\n";

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void size_writes_text_and_json_and_refuses_metrics_that_lack_something() throws IOException {
    String file = write("m.txt", METRICS);
    assertThat(Commands.run("size", file, "--limit", "512Mi", "--cpus", "1.5").out())
        .contains("set GOMEMLIMIT=460MiB GOGC=100 GOMAXPROCS=2")
        .contains("goroutines at GOGC=25");
    assertThat(
            Schemas.problems(
                "size", Commands.run("size", file, "--limit=512Mi", "--format=json").out()))
        .isEmpty();
    assertThat(Commands.run("size", file, "--limit", "40Mi", "--fail-on", "leak").code())
        .isEqualTo(1);
    String heap = write("heap.txt", "# NextGC = 83886080\n# Stack = 5570560 / 5570560\n");
    String told = Commands.run("size", heap, "--limit=512Mi").out();
    assertThat(told).contains("of stacks, ", "append a line go_goroutines").doesNotContain("null");
    assertThat(
            Schemas.problems(
                "size", Commands.run("size", heap, "--limit=512Mi", "--format=json").out()))
        .isEmpty();
    Commands.Outcome lacks =
        Commands.run("size", write("n.txt", "go_goroutines 1\n"), "--limit", "1Gi");
    assertThat(lacks.code()).isEqualTo(2);
    assertThat(lacks.err()).contains("lacks go_gc_heap_live_bytes");
    assertThat(Commands.run("size", "--limit", "1Gi").err()).contains("needs files of metrics");
    assertThat(Commands.run("size", file, "--limit", "1Gi", "--cpus", "0").code()).isEqualTo(2);
  }

  @Test
  void size_says_of_a_limit_that_is_too_small_nothing_to_set() throws IOException {
    String file = write("m.txt", METRICS);
    String json = Commands.run("size", file, "--limit=40Mi", "--cpus=2", "--format=json").out();
    assertThat(Schemas.problems("size", json)).isEmpty();
    assertThat(json).contains("\"gomemlimit\" : null").contains("\"gogc\" : null");
    assertThat(Commands.run("size", file, "--limit=40Mi", "--cpus=2").out())
        .contains("first a larger limit, this one is too small; set GOMAXPROCS=2");
  }

  @Test
  void standard_input_is_read_once_and_said_so_when_given_twice() {
    String[][] twice = {
      {"goroutines", "-", "-"},
      {"goroutines", "-", "--baseline", "-"},
      {"heap-diff", "--base", "-", "--target", "-"},
      {"flame", "-", "--base", "-"},
      {"gctrace", "-", "-"},
      {"schedtrace", "-", "-"},
      {"trace", "-", "-"},
      {"size", "-", "-", "--limit", "1Gi"},
      {"oom", "--kernel-log", "-", "--panic", "-"}
    };
    for (String[] args : twice) {
      Commands.Outcome outcome = Commands.given("x", args);
      assertThat(outcome.code()).as(args[0]).isEqualTo(2);
      assertThat(outcome.err()).as(args[0]).contains("- (standard input) is given more than once");
    }
    assertThat(Commands.given(METRICS, "size", "-", "--limit", "512Mi").out())
        .contains("set GOMEMLIMIT=460MiB");
  }

  @Test
  void size_asks_a_prometheus_for_each_target() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String answer =
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
            + "{\"metric\":{\"__name__\":\"go_goroutines\",\"pod\":\"a\"},\"value\":[1,\"2000\"]},"
            + "{\"metric\":{\"__name__\":\"go_gc_heap_live_bytes\",\"pod\":\"a\"},\"value\":[1,\"4e7\"]},"
            + "{\"metric\":{\"__name__\":\"go_memstats_stack_inuse_bytes\",\"pod\":\"a\"},\"value\":[1,\"8e6\"]}]}}";
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Commands.Outcome outcome =
          Commands.run(
              "size", "--prometheus", url, "--selector", "{job=\"pay\"}", "--limit", "512Mi");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out()).contains("{pod=a}: set GOMEMLIMIT=460MiB");
    } finally {
      server.stop(0);
    }
    assertThat(
            Commands.run(
                    "size",
                    "--prometheus",
                    "http://127.0.0.1:1",
                    "--selector",
                    "{a=\"b\"}",
                    "--limit",
                    "1Gi")
                .code())
        .isEqualTo(3);
    assertThat(Commands.run("size", "--prometheus", "http://127.0.0.1:1", "--limit", "1Gi").err())
        .contains("--selector: needs");
  }

  @Test
  void schedtrace_and_trace_write_text_and_json_as_their_schemas_say() throws IOException {
    String log =
        write(
            "app.log",
            "SCHED 0ms: gomaxprocs=2 idleprocs=1 threads=5 spinningthreads=0 idlethreads=2 runqueue=3 [4 0]\n");
    assertThat(Commands.run("schedtrace", log).out()).contains("1 lines of one process");
    assertThat(
            Schemas.problems("schedtrace", Commands.run("schedtrace", log, "--format=json").out()))
        .isEmpty();
    String trace = "src/test/resources/trace/go127-parsed.txt.gz";
    assertThat(Commands.run("trace", trace).out())
        .contains("5 of 5 of main.leak /src/app/tr.go:9, created by main.main");
    assertThat(Schemas.problems("trace", Commands.run("trace", trace, "--format=json").out()))
        .isEmpty();
    assertThat(Commands.run("trace", trace, "--fail-on", "suspect").code()).isEqualTo(1);
  }

  @Test
  void cpus_are_taken_as_kubernetes_writes_them() throws IOException {
    String file = write("m.txt", METRICS);
    for (String cpus : new String[] {"1500m", "1.5", "2"}) {
      assertThat(Commands.run("size", file, "--limit", "512Mi", "--cpus", cpus).out())
          .contains("GOMAXPROCS=2");
    }
    for (String cpus : new String[] {"many", "1.5m", "-1", "NaN", "1e3", "m", ""}) {
      Commands.Outcome outcome = Commands.run("size", file, "--limit=512Mi", "--cpus=" + cpus);
      assertThat(outcome.code()).as(cpus).isEqualTo(2);
      assertThat(outcome.err()).contains("--cpus").contains("needs CPUs such as 1.5, 2 or 1500m");
    }
  }
}
