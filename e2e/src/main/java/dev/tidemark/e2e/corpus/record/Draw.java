package dev.tidemark.e2e.corpus.record;

import java.util.Random;

/** What a seed decides of a pod. For one thread. */
final class Draw {
  private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

  private final Random random;

  Draw(long seed) {
    this.random = new Random(seed);
  }

  double between(double least, double most) {
    return least + random.nextDouble() * (most - least);
  }

  /** As often between 1 and 10 as between 10 and 100. */
  double evenlyInLog(double least, double most) {
    return least * Math.pow(most / least, random.nextDouble());
  }

  int count(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  /** Letters as Kubernetes appends them to names. */
  String hash(int length) {
    StringBuilder hash = new StringBuilder();
    for (int i = 0; i < length; i++) {
      hash.append(SAFE.charAt(random.nextInt(SAFE.length())));
    }
    return hash.toString();
  }
}
