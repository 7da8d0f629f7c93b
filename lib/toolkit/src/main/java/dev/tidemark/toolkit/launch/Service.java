package dev.tidemark.toolkit.launch;

import dev.tidemark.toolkit.yaml.ProblemsException;

/** A server as {@link Lifecycle} drives it. Reload may come while another one is still running. */
public interface Service extends AutoCloseable {
  /** Starts serving and returns; throwing stops the program. */
  void start() throws Exception;

  /** Takes the configuration again; throwing keeps the one in force. */
  void reload() throws ProblemsException;

  /** Refuses new work and finishes what is under way, within a bound of its own. */
  void drain();

  /** Frees everything; called once, also after a failed start. */
  @Override
  void close();
}
