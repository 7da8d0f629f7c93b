package dev.tidemark.webhook.route;

import dev.tidemark.webhook.playbook.LoadedPlaybook;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The playbooks in their order: files in the order of the configuration's globs, those of one glob
 * by path. The first that matches takes the alert; so what is special comes first.
 */
public final class Routes {
  private final List<LoadedPlaybook> playbooks;

  public Routes(List<LoadedPlaybook> playbooks) {
    this.playbooks = List.copyOf(playbooks);
  }

  public Optional<LoadedPlaybook> of(Map<String, String> labels) {
    return playbooks.stream()
        .filter(loaded -> loaded.playbook().match().matches(labels))
        .findFirst();
  }

  public List<LoadedPlaybook> playbooks() {
    return playbooks;
  }
}
