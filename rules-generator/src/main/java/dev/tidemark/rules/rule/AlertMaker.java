package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;

/** Makes one alert of the catalogue for a service. Stateless; a file each. */
public interface AlertMaker {
  CatalogueEntry entry();

  /**
   * The alert's expression, texts and scenarios; what is wrong with the parameters is told to them.
   */
  Made make(Service service, Alert alert, Parameters with);
}
