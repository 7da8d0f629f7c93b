package dev.tidemark.toolkit.launch;

/** The release that runs, from the manifest of the jar; {@code dev} when run from classes. */
public final class Version {
  private Version() {}

  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
