package dev.tidemark.toolkit.yaml;

import dev.tidemark.toolkit.config.Shown;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds a mapping to a record: each component by its key, then the canonical constructor. */
final class RecordBinder {
  private final Problems problems;
  private final Binder binder;

  private final Map<String, Tree> presets = new HashMap<>();
  private final Problems ours = new Problems("default");

  /** Kept, for it remembers the defaults within defaults. */
  private @Nullable Binder forPresets;

  RecordBinder(Problems problems, Binder binder) {
    this.problems = problems;
    this.binder = binder;
  }

  static String keys(Class<?> type) {
    return String.join(", ", RecordShape.of(type).keys());
  }

  Object bind(Tree.Mapping mapping, Class<?> type) {
    RecordShape shape = RecordShape.of(type);
    Map<String, Tree> values = known(mapping, shape);
    List<RecordShape.Part> parts = shape.parts();
    @Nullable Object[] arguments = new @Nullable Object[parts.size()];
    boolean failed = values.size() < mapping.entries().size();
    for (int i = 0; i < parts.size(); i++) {
      arguments[i] = component(parts.get(i), mapping, values);
      failed |= arguments[i] == Binder.FAILED;
    }
    return failed ? Binder.FAILED : construct(mapping, values, shape, arguments);
  }

  /** A key that has a problem counts as absent where it may be absent. */
  Object bindWhatIsRight(Tree.Mapping mapping, Class<?> type) {
    RecordShape shape = RecordShape.of(type);
    Map<String, Tree> values = known(mapping, shape);
    List<RecordShape.Part> parts = shape.parts();
    @Nullable Object[] arguments = new @Nullable Object[parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      arguments[i] = component(parts.get(i), mapping, values);
      if (arguments[i] == Binder.FAILED) {
        if (!parts.get(i).isOptional()) {
          return Binder.FAILED;
        }
        arguments[i] = component(parts.get(i), mapping, Map.of());
      }
    }
    return construct(mapping, values, shape, arguments);
  }

  private Map<String, Tree> known(Tree.Mapping mapping, RecordShape shape) {
    List<String> keys = shape.keys();
    Map<String, Tree> values = new LinkedHashMap<>();
    for (Tree.Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (keys.contains(key)) {
        values.put(key, entry.value());
      } else {
        String hint =
            Nearest.of(key, keys)
                .map(near -> "did you mean " + near + "?")
                .orElse("known here: " + String.join(", ", keys));
        problems.add(entry.key().place(), "unknown key " + Shown.text(key) + ", " + hint);
      }
    }
    return values;
  }

  private @Nullable Object component(
      RecordShape.Part part, Tree.Mapping mapping, Map<String, Tree> values) {
    if (part.type() == Place.class) {
      return mapping.place();
    }
    Tree value = values.get(part.key());
    if (value != null && !value.isNull()) {
      return binder.bind(value, part.type());
    }
    String preset = part.preset();
    if (preset != null) {
      return preset(part, preset, mapping.place());
    }
    if (part.nullable()) {
      return null;
    }
    return value == null
        ? binder.fail(mapping, "missing key " + part.key())
        : binder.fail(value, "the key " + part.key() + " is empty, needs a value");
  }

  /** A default with a problem is our mistake, not the user's; it stands where its record does. */
  private Object preset(RecordShape.Part part, String preset, Place place) {
    try {
      Tree tree = presets.get(preset);
      if (tree == null) {
        tree = TreeReader.read(preset, ours);
        presets.put(preset, tree);
      }
      Binder known = forPresets;
      if (known == null) {
        known = new Binder(ours, null);
        forPresets = known;
      }
      Object value = known.bind(tree.at(place), part.type());
      ours.throwIfAny();
      return value;
    } catch (ProblemsException e) {
      throw new IllegalStateException("the default of " + part + " is wrong", e);
    }
  }

  private Object construct(
      Tree.Mapping mapping,
      Map<String, Tree> values,
      RecordShape shape,
      @Nullable Object[] arguments) {
    try {
      return shape.constructor().newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        List<String> messages =
            refused instanceof RefusedException all
                ? all.messages()
                : List.of(String.valueOf(refused.getMessage()));
        messages.forEach(message -> binder.fail(blamed(mapping, values, message), message));
        return Binder.FAILED;
      }
      throw new IllegalStateException(shape.constructor() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(shape.constructor() + " cannot be called", e);
    }
  }

  /** A message that starts with {@code key:} is about that key's value. */
  private static Tree blamed(Tree.Mapping mapping, Map<String, Tree> values, String message) {
    int colon = message.indexOf(':');
    Tree value = colon < 0 ? null : values.get(message.substring(0, colon));
    return value == null ? mapping : value;
  }
}
