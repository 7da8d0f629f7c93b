package dev.tidemark.webhook;

import dev.tidemark.toolkit.web.WebConfigFile;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether the server will ask who is there: needed before it listens anywhere. */
final class AuthenticationProbe {
  private AuthenticationProbe() {}

  static boolean isAsked(@Nullable Path webConfigFile) throws ProblemsException {
    if (webConfigFile == null) {
      return false;
    }
    WebConfigFile file = StrictYaml.read(webConfigFile, WebConfigFile.class);
    WebConfigFile.TlsServer tls = file.tlsServer();
    return !file.users().isEmpty()
        || (tls != null && tls.clientAuthType() == WebConfigFile.ClientAuthType.REQUIRED);
  }
}
