package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.HttpConfigSpec;

/** Checks credentials: one kind at most, and files that are named. */
final class Credentials {
  private final Complaints complaints;

  Credentials(Complaints complaints) {
    this.complaints = complaints;
  }

  void check(HttpConfigSpec http) {
    if (http.basicAuth() != null && http.authorization() != null) {
      complaints.add(http.place(), "httpConfig: needs basicAuth or authorization, not both");
    }
    if (http.basicAuth() != null) {
      text(http, "username", http.basicAuth().username());
      text(http, "passwordFile", http.basicAuth().passwordFile());
    }
    if (http.authorization() != null) {
      text(http, "type", http.authorization().type());
      text(http, "credentialsFile", http.authorization().credentialsFile());
      if (http.authorization().type().equalsIgnoreCase("basic")) {
        complaints.add(http.place(), "httpConfig: authorization of type Basic is basicAuth");
      }
    }
    HttpConfigSpec.Tls tls = http.tlsConfig();
    if (tls != null && (tls.certFile() == null) != (tls.keyFile() == null)) {
      complaints.add(http.place(), "tlsConfig: needs both certFile and keyFile, or neither");
    }
  }

  private void text(HttpConfigSpec http, String key, String text) {
    if (text.isBlank() || text.length() > 1024 || text.chars().anyMatch(c -> c < ' ')) {
      complaints.add(http.place(), "httpConfig: " + key + " needs 1 to 1024 visible characters");
    }
  }
}
