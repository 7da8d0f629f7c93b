package dev.tidemark.toolkit.launch;

import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service until it is told to stop: SIGTERM and SIGINT drain and close it, SIGHUP reloads
 * its configuration, a second SIGTERM or SIGINT ends the program at once. Signals come on threads
 * of the JVM and are queued; the service is driven by one thread.
 */
public final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** Exit code of a program ended by a second SIGINT, as shells report it. */
  private static final int INTERRUPTED = 130;

  private enum Order {
    RELOAD,
    STOP
  }

  private final Service service;
  private final Runnable halt;
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  Lifecycle(Service service, Runnable halt) {
    this.service = service;
    this.halt = halt;
  }

  /** Starts the service, waits for the signal to stop, and returns the exit code. */
  public static int run(Service service) {
    Lifecycle lifecycle = new Lifecycle(service, () -> Runtime.getRuntime().halt(INTERRUPTED));
    Thread main = Thread.currentThread();
    AtomicBoolean started = new AtomicBoolean();
    Runnable stop =
        () -> {
          lifecycle.stop();
          if (!started.get()) {
            main.interrupt(); // a start that waits for something must not hold the stop
          }
        };
    Signals.on("TERM", stop);
    Signals.on("INT", stop);
    Signals.on("HUP", lifecycle::reload);
    return lifecycle.drive(() -> started.set(true));
  }

  void stop() {
    if (stopping.getAndSet(true)) {
      halt.run();
    }
    orders.add(Order.STOP);
  }

  void reload() {
    if (!orders.contains(Order.RELOAD)) {
      orders.add(Order.RELOAD);
    }
  }

  int drive(Runnable onStarted) {
    try (service) {
      service.start();
      onStarted.run();
      serve();
      return Cli.OK;
    } catch (InterruptedException e) {
      LOG.info("stopped while starting");
      return Cli.OK;
    } catch (Exception e) {
      if (stopping.get()) {
        LOG.atInfo().addKeyValue("err", e).log("stopped while starting");
        return Cli.OK;
      }
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      return Failure.report(e, err, LOG.isDebugEnabled());
    }
  }

  private void serve() throws InterruptedException {
    while (orders.take() == Order.RELOAD) {
      try {
        service.reload();
        LOG.info("configuration reloaded");
      } catch (ProblemsException e) {
        LOG.atError()
            .addKeyValue("problems", e.problems())
            .log("configuration refused, the one in force stays");
      } catch (RuntimeException e) {
        LOG.error("reload failed, the configuration in force stays", e);
      }
    }
    LOG.info("draining");
    service.drain();
    LOG.info("stopped");
  }
}
