package dev.tidemark.webhook.access;

import dev.tidemark.toolkit.yaml.Default;
import java.util.List;
import java.util.Map;

/**
 * The {@code access:} block of the config: roles by user name, where the names are those of {@code
 * basic_auth_users} in {@code --web.config.file}. A user that is not listed may read and no more.
 */
public record AccessConfig(@Default("{}") Map<String, List<Role>> users) {
  public static final AccessConfig NONE = new AccessConfig(Map.of());

  public AccessConfig {
    users = Map.copyOf(users);
  }
}
