package dev.tidemark.toolkit.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reflection tells of a record, asked once for each type: a file holds thousands of a few, and
 * reflection reads annotations anew each time.
 *
 * @param keys what a mapping may hold
 */
record RecordShape(List<Part> parts, List<String> keys, Constructor<?> constructor) {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return read(type);
        }
      };

  /**
   * One component.
   *
   * @param preset YAML that stands for a key that is not there
   * @param nullable whether it may be absent without one
   */
  record Part(String key, Type type, @Nullable String preset, boolean nullable) {
    boolean isOptional() {
      return preset != null || nullable;
    }
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static RecordShape read(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Part> parts = Arrays.stream(components).map(RecordShape::part).toList();
    List<String> keys =
        parts.stream().filter(part -> part.type() != Place.class).map(Part::key).toList();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordShape(parts, keys, constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("no constructor for " + type, e);
    }
  }

  private static Part part(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    Default preset = component.getAnnotation(Default.class);
    return new Part(
        key == null ? component.getName() : key.value(),
        component.getGenericType(),
        preset == null ? null : preset.value(),
        component.getAnnotatedType().isAnnotationPresent(Nullable.class));
  }
}
