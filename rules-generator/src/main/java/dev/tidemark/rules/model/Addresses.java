package dev.tidemark.rules.model;

import dev.tidemark.toolkit.yaml.Placed;
import java.net.URI;

/** Checks where Alertmanager is to send. */
final class Addresses {
  private final Complaints complaints;

  Addresses(Complaints complaints) {
    this.complaints = complaints;
  }

  void check(Placed<URI> address) {
    URI url = address.value();
    String scheme = String.valueOf(url.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      complaints.add(address, "url: needs http or https");
    } else if (url.getHost() == null) {
      complaints.add(address, "url: needs a host");
    } else if (url.getPort() == 0 || url.getPort() > 65535) {
      complaints.add(address, "url: needs a port from 1 to 65535");
    } else if (url.getRawUserInfo() != null) {
      complaints.add(
          address, "url: holds credentials; put them in httpConfig, as a file Alertmanager reads");
    } else if (url.toString().length() > 2000) {
      complaints.add(address, "url: is longer than 2000 characters");
    }
  }
}
