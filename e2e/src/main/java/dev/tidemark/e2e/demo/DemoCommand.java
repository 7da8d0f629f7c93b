package dev.tidemark.e2e.demo;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.launch.Cli;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark demo}. */
@Command(
    name = "demo",
    description = {
      "Watch a real goroutine leak in a real Go service being noticed, explained, put right and"
          + " proved right.",
      "",
      "Starts Prometheus with seven days of written history, Alertmanager, three Go services, the"
          + " exporter and the webhook, all on free loopback ports and in a folder of its own"
          + " (.run/demo/), lets one service leak, and kills the webhook in the middle of its"
          + " work. Ends by itself in less than three minutes and leaves no process behind.",
      "Exit codes: 0 every stage was reached; 1 one was not; 3 a program that is needed is not"
          + " here."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      description = "Leave everything running until Ctrl-C, to look at the pages.")
  private boolean keep;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Screen screen = new Screen(System.out, "1".equals(System.getenv("TIDEMARK_COLOUR")));
    Project project = Project.find();
    Tools tools;
    try {
      tools = Tools.find();
    } catch (Tools.MissingTools e) {
      screen.failure(String.valueOf(e.getMessage()));
      return Cli.NO_ANSWER;
    }
    RunFolder folder = RunFolder.create(project.runs().resolve("demo"));
    try (Lab lab = new Lab(project, tools, folder)) {
      Thread ending = new Thread(() -> end(screen, lab), "end-of-demo");
      Runtime.getRuntime().addShutdownHook(ending);
      Demo demo = new Demo(lab, screen);
      boolean reached = play(demo, lab, screen);
      if (keep) {
        demo.tellAddresses();
        new CountDownLatch(1).await();
      }
      return reached ? Cli.OK : Cli.FINDINGS;
    }
  }

  private static boolean play(Demo demo, Lab lab, Screen screen) throws InterruptedException {
    try {
      demo.run();
      return true;
    } catch (Await.NotReached | IOException e) {
      screen.failure(String.valueOf(e.getMessage()));
      screen.line("every log of this run: " + lab.logs());
      return false;
    }
  }

  private static void end(Screen screen, Lab lab) {
    screen.silence();
    lab.close();
  }
}
