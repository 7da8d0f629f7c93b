package dev.tidemark.webhook;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import dev.tidemark.webhook.playbook.LoadedPlaybook;
import dev.tidemark.webhook.playbook.PlaybookFiles;
import java.nio.file.Path;
import java.util.List;

/** A configuration with its playbooks, checked together. */
record Loaded(WebhookConfig config, List<LoadedPlaybook> playbooks, Catalogue signals) {

  /** Throws with every problem of the configuration, else with every problem of the playbooks. */
  static Loaded read(Path file) throws ProblemsException {
    WebhookConfig config = StrictYaml.read(file, WebhookConfig.class);
    Path folder = file.toAbsolutePath().getParent();
    List<LoadedPlaybook> playbooks =
        PlaybookFiles.load(folder == null ? Path.of("") : folder, config.playbooks());
    Catalogue signals = Catalogue.load();
    List<Problem> problems = ConfigCheck.of(config, playbooks, signals);
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new Loaded(config, playbooks, signals);
  }
}
