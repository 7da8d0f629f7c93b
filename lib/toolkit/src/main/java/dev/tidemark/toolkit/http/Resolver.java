package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Turns a host into checked addresses, within the deadline: the system's resolver has none. */
final class Resolver {
  /** Where names come from; the JDK's resolver but for tests. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  // a name may stand for many replicas; connecting to each in turn must end
  private static final int MAX_TRIED = 4;

  private final Names names;
  private final AddressPolicy policy;
  private final boolean selective;

  Resolver(Names names, AddressPolicy policy) {
    this.names = names;
    this.policy = policy;
    this.selective = policy != AddressPolicy.any();
  }

  /** Whether it refuses anything, so that a call must go to the very address that was checked. */
  boolean isSelective() {
    return selective;
  }

  /** At least one address, all allowed: one refused address refuses the host. */
  List<InetAddress> resolve(String host, Deadline deadline) throws HttpFailure {
    InetAddress[] found = lookUp(host, deadline);
    for (InetAddress address : found) {
      var refused = policy.refuse(address);
      if (refused.isPresent()) {
        throw new HttpFailure(
            Reason.ADDRESS_REFUSED,
            false,
            host + " is " + address.getHostAddress() + ", which is refused: " + refused.get(),
            null);
      }
    }
    return List.of(found).subList(0, Math.min(MAX_TRIED, found.length));
  }

  private InetAddress[] lookUp(String host, Deadline deadline) throws HttpFailure {
    FutureTask<InetAddress[]> task = new FutureTask<>(() -> names.of(host));
    try {
      if (isLiteral(host)) {
        task.run();
      } else {
        Thread thread = new Thread(task, "resolve-" + host);
        thread.setDaemon(true);
        thread.start();
      }
      return task.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unreachable("the name " + host + " was not resolved in time", e);
    } catch (ExecutionException e) {
      throw unreachable("the name " + host + " does not resolve", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpFailure(Reason.INTERRUPTED, false, "interrupted while resolving " + host, e);
    }
  }

  /** Whether the host of a URL is an address already. */
  static boolean isLiteral(String host) {
    return host.startsWith("[") || host.matches("[0-9]+(\\.[0-9]+){3}");
  }

  private static HttpFailure unreachable(String message, Exception cause) {
    return new HttpFailure(Reason.UNREACHABLE, false, message, cause);
  }
}
