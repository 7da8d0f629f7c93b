package dev.tidemark.toolkit.web;

/**
 * Where to listen.
 *
 * @param host empty for every interface
 * @param port 0 for a free one
 */
record ListenAddress(String host, int port) {
  static ListenAddress parse(String text) throws WebStartException {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw wrong(text, "write host:port, or :port for every interface");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw wrong(text, "write an IPv6 address in brackets: [::1]:9477");
    }
    String digits = text.substring(colon + 1);
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65535) {
      throw wrong(text, "the port must be a number from 0 to 65535");
    }
    return new ListenAddress(host, Integer.parseInt(digits));
  }

  /** What Vert.x binds to; the IPv4 wildcard listens on IPv6, too, where the machine has it. */
  String bindHost() {
    return host.isEmpty() ? "0.0.0.0" : host;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static WebStartException wrong(String text, String right) {
    return new WebStartException("wrong listen address \"" + text + "\": " + right, null);
  }
}
