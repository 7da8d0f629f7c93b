package dev.tidemark.toolkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@ResourceLock(Resources.SYSTEM_ERR)
@ResourceLock(Resources.SYSTEM_OUT)
class VerbsTest {
  @Command(name = "tidemark many", synopsisSubcommandLabel = "COMMAND")
  static final class Many implements Verbs {
    @Override
    public List<Class<?>> verbs() {
      return List.of(One.class, Other.class);
    }
  }

  @Command(name = "one", description = "The first.")
  static final class One implements Runnable {
    @Option(names = "--times")
    int times = 1;

    @Override
    public void run() {
      System.out.println("one ".repeat(times).strip());
    }
  }

  @Command(name = "other", description = "The second.")
  static final class Other implements Runnable {
    @Override
    public void run() {
      System.out.println("other");
    }
  }

  @Test
  void the_one_that_is_named_is_enough_and_else_all_are_needed() {
    Many many = new Many();
    assertThat(many.of("other", "--help")).containsExactly(Other.class);
    assertThat(many.of("othr")).containsExactly(One.class, Other.class);
    assertThat(many.of("--log.level", "debug", "other")).containsExactly(One.class, Other.class);
    assertThat(many.of()).containsExactly(One.class, Other.class);
  }

  @Test
  void runs_explains_and_suggests_as_if_it_knew_all() {
    assertThat(run("one", "--times", "2")).isEqualTo("0 one one\n");
    assertThat(run("--log.level", "info", "other")).isEqualTo("0 other\n");
    assertThat(run("--help")).startsWith("0 ").contains("COMMAND", "The first.", "The second.");
    assertThat(run("one", "--help")).startsWith("0 Usage: tidemark many one");
    assertThat(run("othr")).startsWith("2 ").contains("did you mean other?");
    assertThat(run("one", "--tims=2"))
        .startsWith("2 ")
        .contains("did you mean --times?", "Try: tidemark many one --help");
  }

  private static String run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    try {
      System.setOut(both);
      System.setErr(both);
      int code = Cli.run(new Many(), args);
      return code + " " + said.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
