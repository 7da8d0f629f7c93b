package dev.tidemark.toolkit.yaml;

import dev.tidemark.toolkit.config.Shown;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Enum constants as YAML writes them: {@code DRY_RUN} is {@code dry-run}, unless {@link Key} says.
 */
final class Enums {
  private Enums() {}

  static Object bind(String text, Class<?> type) {
    Map<String, Object> known = constants(type);
    Object constant = known.get(text);
    if (constant != null) {
      return constant;
    }
    String hint =
        Nearest.of(text, known.keySet()).map(near -> ": did you mean " + near + "?").orElse("");
    throw new IllegalArgumentException(
        "found " + Shown.text(text) + ", needs " + wanted(type) + hint);
  }

  static String wanted(Class<?> type) {
    return "one of " + String.join(", ", constants(type).keySet());
  }

  private static Map<String, Object> constants(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(text((Enum<?>) constant), constant);
    }
    return constants;
  }

  private static String text(Enum<?> constant) {
    try {
      Key key = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Key.class);
      return key != null ? key.value() : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
