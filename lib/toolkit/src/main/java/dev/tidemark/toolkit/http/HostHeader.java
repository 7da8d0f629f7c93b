package dev.tidemark.toolkit.http;

import java.net.URI;
import java.net.http.HttpRequest;

/**
 * Leave to name the host in a request that goes to an address. The JDK reads that leave once, when
 * its client is first used in the process, so {@link #allow} must come before.
 */
final class HostHeader {
  private static final String PROPERTY = "jdk.httpclient.allowRestrictedHeaders";

  /** Asks for the leave; true when it is given. */
  static boolean allow() {
    String allowed = System.getProperty(PROPERTY, "");
    if (allowed.isEmpty()) {
      System.setProperty(PROPERTY, "host");
    } else if (!("," + allowed + ",").contains(",host,")) {
      System.setProperty(PROPERTY, allowed + ",host");
    }
    try {
      HttpRequest.newBuilder(URI.create("http://127.0.0.1/")).header("Host", "probe").build();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private HostHeader() {}
}
