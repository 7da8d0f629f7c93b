package dev.tidemark.toolkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@ResourceLock(Resources.SYSTEM_ERR)
class CliTest {
  @Command(
      name = "tidemark test",
      subcommands = {Sub.class, OneOf.class})
  static final class Main implements Callable<Integer> {
    @Option(names = "--count")
    int count;

    @Parameters(arity = "0..1")
    String what = "";

    @Override
    public Integer call() throws Exception {
      switch (what) {
        case "problems" ->
            throw new ProblemsException(
                List.of(
                    new Problem(new Place("b.yml", 9, 1), "second"),
                    new Problem(new Place("b.yml", 1, 2), "first")));
        case "exit" -> throw new ExitException(3, "http://localhost:9090 does not answer");
        case "file" -> throw new NoSuchFileException("a.txt");
        case "in-the-way" -> throw new FileAlreadyExistsException("out");
        case "name" -> throw new InvalidPathException("sp\u00e9c", "unmappable characters");
        case "bug" -> throw new IllegalStateException("odd\nstate");
        default -> {
          return count;
        }
      }
    }
  }

  /** One of two flags, and only one. */
  static final class Either {
    @Option(names = "--a")
    String a = "";

    @Option(names = "--b")
    String b = "";
  }

  @Command(name = "one-of")
  static final class OneOf implements Runnable {
    @ArgGroup(multiplicity = "1")
    Either either = new Either();

    @Override
    public void run() {
      System.out.println(either.a + either.b);
    }
  }

  @Command(name = "sub")
  static final class Sub implements Runnable {
    @Mixin ServerFlags flags = new ServerFlags("sub.yml", ":9477", "data");

    @Override
    public void run() {
      System.out.println(
          flags.configFile() + " " + flags.listenAddresses() + " " + flags.storagePath());
    }
  }

  private record Outcome(int code, String out, String err) {}

  private static Outcome run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      int code = Cli.run(new Main(), args);
      return new Outcome(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void returns_the_code_of_the_command() {
    assertThat(run("--count", "1")).isEqualTo(new Outcome(1, "", ""));
  }

  @Test
  void prints_every_problem_on_a_line_and_ends_with_two() {
    assertThat(run("problems"))
        .isEqualTo(new Outcome(2, "", "b.yml:1:2: first\nb.yml:9:1: second\n"));
  }

  @Test
  void prints_one_line_for_what_the_user_can_mend() {
    assertThat(run("exit"))
        .isEqualTo(new Outcome(3, "", "error: http://localhost:9090 does not answer\n"));
    assertThat(run("file")).isEqualTo(new Outcome(2, "", "error: a.txt: no such file\n"));
    assertThat(run("in-the-way").err())
        .isEqualTo("error: out: is in the way, needs a folder there\n");
    Outcome name = run("name");
    assertThat(name.code()).isEqualTo(2);
    assertThat(name.err()).contains("is no path here (unmappable characters)", "LC_ALL=C.UTF-8");
  }

  @Test
  void shows_the_stack_of_a_bug_only_when_debugging() {
    Outcome quiet = run("bug");
    assertThat(quiet.code()).isEqualTo(70);
    assertThat(quiet.err())
        .startsWith("error: unexpected java.lang.IllegalStateException: odd state\n")
        .contains("--log.level debug")
        .doesNotContain("\tat ");
    assertThat(run("bug", "--log.level", "debug").err()).contains("\tat ");
    assertThat(run("bug", "--log.level=debug").err()).contains("\tat ");
  }

  @Command(name = "needs")
  static final class Needs implements Runnable {
    @Option(names = "--spec", required = true)
    String spec = "";

    @Override
    public void run() {}
  }

  @Test
  void tells_a_mistyped_flag_beside_the_one_that_is_missing() {
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      assertThat(Cli.run(new Needs(), "--sepc=a")).isEqualTo(Cli.INVALID);
      assertThat(Cli.run(new Needs(), "--log.level", "info")).isEqualTo(Cli.INVALID);
    } finally {
      System.setErr(err);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("error")))
        .containsExactly(
            "error: Unknown option: '--sepc=a', did you mean --spec?; Missing required option:"
                + " '--spec=<spec>'",
            "error: Missing required option: '--spec=<spec>'");
  }

  @Test
  void refuses_unknown_flags_with_a_hint() {
    Outcome outcome = run("--cuont", "1");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("Unknown option", "--count")
        .endsWith("Try: tidemark test --help\n");
    assertThat(run("--log.level", "loud").code()).isEqualTo(2);
    assertThat(run("sub", "--log.format", "xml").err()).contains("needs logfmt or json");
  }

  @Test
  void says_error_once_when_flags_do_not_go_together() {
    assertThat(run("one-of").err()).startsWith("error: Missing required argument");
    assertThat(run("one-of", "--a=1", "--b=2").err()).startsWith("error: --a=<a>, --b=<b> are mut");
  }

  @Test
  void offers_help_and_version_on_every_command() {
    assertThat(run("--version").out()).isEqualTo("tidemark test dev\n");
    assertThat(run("sub", "--version").out()).isEqualTo("tidemark test sub dev\n");
    assertThat(run("sub", "--help").out())
        .contains("Usage: tidemark test sub", "--config.file", "default: sub.yml", "--help");
  }

  @Test
  void given_addresses_replace_the_default_one() {
    assertThat(run("sub").out()).isEqualTo("sub.yml [:9477] data\n");
    assertThat(run("sub", "--web.listen-address=:1", "--web.listen-address", "h:2").out())
        .isEqualTo("sub.yml [:1, h:2] data\n");
  }
}
