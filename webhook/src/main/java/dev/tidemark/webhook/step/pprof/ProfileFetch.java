package dev.tidemark.webhook.step.pprof;

import dev.tidemark.webhook.playbook.Profile;
import dev.tidemark.webhook.playbook.StaticTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Gets a profile of a target into a file. */
public interface ProfileFetch {

  /**
   * @param file does not exist yet
   * @throws NoSuchProfile when the target has no such profile
   * @throws IOException with a message fit for people
   */
  void fetch(StaticTarget target, Profile profile, Path file, long maxBytes, Duration timeout)
      throws IOException;

  /** The target answers, and has no such profile. */
  final class NoSuchProfile extends IOException {
    private static final long serialVersionUID = 1L;

    public NoSuchProfile(String message) {
      super(message);
    }
  }
}
