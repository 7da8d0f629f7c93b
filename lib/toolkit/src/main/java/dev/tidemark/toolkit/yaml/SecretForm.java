package dev.tidemark.toolkit.yaml;

import dev.tidemark.toolkit.config.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The long form of a secret: {@code {file: PATH}} or {@code {env: NAME}}. Both are tried once. */
record SecretForm(@Nullable Path file, @Nullable String env) {
  SecretForm {
    if ((file == null) == (env == null)) {
      throw new IllegalArgumentException("needs either file or env");
    }
  }

  Secret secret() {
    return file != null
        ? Secret.fromFile(file)
        : Secret.fromEnvironment(java.util.Objects.requireNonNull(env));
  }
}
