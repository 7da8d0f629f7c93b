package dev.tidemark.toolkit.yaml;

import dev.tidemark.toolkit.config.Shown;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds a mapping to a record: each component by its key, then the canonical constructor. */
final class RecordBinder {
  private final Problems problems;
  private final Binder binder;

  /** Of each type what reflection tells, for a file holds thousands of a few. */
  private final Map<Class<?>, List<String>> keys = new HashMap<>();

  private final Map<Class<?>, RecordComponent[]> components = new HashMap<>();
  private final Map<String, Tree> presets = new HashMap<>();

  RecordBinder(Problems problems, Binder binder) {
    this.problems = problems;
    this.binder = binder;
  }

  static String keys(Class<?> type) {
    return String.join(", ", keysOf(type));
  }

  private static List<String> keysOf(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getType() != Place.class)
        .map(RecordBinder::key)
        .toList();
  }

  Object bind(Tree.Mapping mapping, Class<?> type) {
    Map<String, Tree> values = known(mapping, type);
    RecordComponent[] components = components(type);
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    boolean failed = values.size() < mapping.entries().size();
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(components[i], mapping, values);
      failed |= arguments[i] == Binder.FAILED;
    }
    return failed ? Binder.FAILED : construct(mapping, values, type, arguments);
  }

  /** A key that has a problem counts as absent where it may be absent. */
  Object bindWhatIsRight(Tree.Mapping mapping, Class<?> type) {
    Map<String, Tree> values = known(mapping, type);
    RecordComponent[] components = components(type);
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      arguments[i] = component(components[i], mapping, values);
      if (arguments[i] == Binder.FAILED) {
        if (!isOptional(components[i])) {
          return Binder.FAILED;
        }
        arguments[i] = component(components[i], mapping, Map.of());
      }
    }
    return construct(mapping, values, type, arguments);
  }

  private RecordComponent[] components(Class<?> type) {
    return components.computeIfAbsent(type, Class::getRecordComponents);
  }

  private static boolean isOptional(RecordComponent component) {
    return component.isAnnotationPresent(Default.class)
        || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private Map<String, Tree> known(Tree.Mapping mapping, Class<?> type) {
    List<String> keys = this.keys.computeIfAbsent(type, RecordBinder::keysOf);
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
      RecordComponent component, Tree.Mapping mapping, Map<String, Tree> values) {
    if (component.getType() == Place.class) {
      return mapping.place();
    }
    Tree value = values.get(key(component));
    if (value != null && !value.isNull()) {
      return binder.bind(value, component.getGenericType());
    }
    Default preset = component.getAnnotation(Default.class);
    if (preset != null) {
      return preset(component, preset, mapping.place());
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    return value == null
        ? binder.fail(mapping, "missing key " + key(component))
        : binder.fail(value, "the key " + key(component) + " is empty, needs a value");
  }

  /** A default with a problem is our mistake, not the user's; it stands where its record does. */
  private Object preset(RecordComponent component, Default preset, Place place) {
    Problems ours = new Problems("default of " + component);
    try {
      Tree tree = presets.get(preset.value());
      if (tree == null) {
        tree = TreeReader.read(preset.value(), ours);
        presets.put(preset.value(), tree);
      }
      Object value = new Binder(ours, null).bind(tree.at(place), component.getGenericType());
      ours.throwIfAny();
      return value;
    } catch (ProblemsException e) {
      throw new IllegalStateException("the default of " + component + " is wrong", e);
    }
  }

  private Object construct(
      Tree.Mapping mapping, Map<String, Tree> values, Class<?> type, @Nullable Object[] arguments) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        String message = String.valueOf(refused.getMessage());
        return binder.fail(blamed(mapping, values, message), message);
      }
      throw new IllegalStateException("the constructor of " + type + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no constructor for " + type, e);
    }
  }

  /** A message that starts with {@code key:} is about that key's value. */
  private static Tree blamed(Tree.Mapping mapping, Map<String, Tree> values, String message) {
    int colon = message.indexOf(':');
    Tree value = colon < 0 ? null : values.get(message.substring(0, colon));
    return value == null ? mapping : value;
  }

  private static String key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null ? component.getName() : key.value();
  }
}
