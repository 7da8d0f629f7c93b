package dev.tidemark.toolkit.yaml;

import java.util.ArrayList;
import java.util.List;

/** Collects problems while reading goes on; keeps the first hundred and counts the others. */
final class Problems {
  /** Nobody reads more, and a hostile file must not fill the memory with complaints. */
  private static final int MOST = 100;

  private final String file;
  private final List<Problem> found = new ArrayList<>();
  private int more;

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void add(Place place, String message) {
    if (found.size() < MOST) {
      found.add(new Problem(place, message));
    } else {
      more++;
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void throwIfAny() throws ProblemsException {
    if (found.isEmpty()) {
      return;
    }
    if (more > 0) {
      String message = (MOST + more) + " problems, of which these are " + MOST;
      found.add(new Problem(Place.wholeFile(file), message));
    }
    throw new ProblemsException(found);
  }
}
