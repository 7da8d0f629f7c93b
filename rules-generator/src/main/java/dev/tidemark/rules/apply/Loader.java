package dev.tidemark.rules.apply;

/** A server that loads files when it is told to. */
public interface Loader {
  String name();

  /** That it answers, before anything is changed. */
  void ready() throws ApplyException;

  /** Has it load its files; what it says against them is thrown. */
  void reload() throws ApplyException;

  /** That nothing was written: where it is not told to load, it need not have done so since. */
  void unchanged();

  /**
   * By its own answer, that it has what was written, and no error in it.
   *
   * @return in words, what of it is sure
   */
  String check() throws ApplyException;
}
