package dev.tidemark.rules.first;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Gives services names that become files: plain, short, each once. */
final class ServiceNames {
  private static final int LONGEST = 50;

  private final Set<String> taken = new HashSet<>();

  /**
   * The job, without the namespace that a PodMonitor puts before it; with namespace and cluster, or
   * a number, only where another service has that name.
   */
  String of(Map<String, String> selector) {
    String namespace = selector.getOrDefault("namespace", "");
    String job = selector.getOrDefault("job", namespace);
    String base = namespace.isEmpty() ? job : job.replaceFirst("^.*" + "/", "");
    String cluster = selector.getOrDefault("cluster", "");
    for (String name :
        new String[] {base, namespace + "-" + base, cluster + "-" + namespace + "-" + base}) {
      String plain = plain(name);
      if (taken.add(plain)) {
        return plain;
      }
    }
    for (int number = 2; ; number++) {
      String plain = plain(base) + "-" + number;
      if (taken.add(plain)) {
        return plain;
      }
    }
  }

  private static String plain(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("\\.\\.+", ".")
            .replaceAll("^[._-]+", "");
    String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    String whole = cut.replaceAll("[._-]+$", "");
    return whole.isEmpty() ? "service" : whole;
  }
}
