package dev.tidemark.toolkit.launch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Flags as scripts write them: each once, {@code --name value}, {@code --name=value} or {@code
 * --switch}. Everything else (help, files of arguments, mistakes) is picocli's, whose own classes
 * take longer to load than most commands work: no archive of the JVM takes what is of Java 5.
 */
public final class PlainFlags {
  private final Map<String, String> values;
  private final Set<String> switches;

  private PlainFlags(Map<String, String> values, Set<String> switches) {
    this.values = values;
    this.switches = switches;
  }

  /**
   * @param valued flags that take a value, with their dashes
   * @param switches flags that take none
   * @return empty where there is anything else, or anything twice
   */
  public static Optional<PlainFlags> read(
      List<String> arguments, Set<String> valued, Set<String> switches) {
    Map<String, String> values = new HashMap<>();
    Set<String> on = new HashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (switches.contains(argument)) {
        if (!on.add(argument)) {
          return Optional.empty();
        }
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = "";
      if (equals >= 0) {
        value = argument.substring(equals + 1);
      } else if (i + 1 < arguments.size()) {
        value = arguments.get(++i);
      }
      if (!valued.contains(name) || !isPlain(value) || values.put(name, value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new PlainFlags(values, on));
  }

  /** Not another flag, nor the name of a file with arguments, nor anything in quotes. */
  private static boolean isPlain(String value) {
    return value.equals("-") || (!value.isEmpty() && "-@\"'".indexOf(value.charAt(0)) < 0);
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public boolean isOn(String name) {
    return switches.contains(name);
  }
}
