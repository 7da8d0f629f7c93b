package dev.tidemark.e2e.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A run that never ends by itself: the test kills it. */
final class OrphanMaker {
  private OrphanMaker() {}

  public static void main(String[] args) throws Exception {
    Processes processes = Processes.in(Path.of(args[0]));
    OwnedProcess sleeper = processes.start("sleeper", List.of("sleep", "600"));
    System.out.println(sleeper.pid());
    new CountDownLatch(1).await();
  }
}
