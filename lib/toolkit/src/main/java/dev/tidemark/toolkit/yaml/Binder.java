package dev.tidemark.toolkit.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.config.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds a tree to Java values by their declared types; what does not fit becomes a problem. */
final class Binder {
  /** Stands for a value that has a problem, so that reading goes on. */
  static final Object FAILED = new Object();

  private final Problems problems;
  private final ScalarBinder scalars;
  private final RecordBinder records;
  private final boolean lenient;

  Binder(Problems problems, @Nullable Path folder) {
    this(problems, folder, /* lenient= */ false);
  }

  /**
   * @param lenient whether lists of records are kept without those that have a problem
   */
  Binder(Problems problems, @Nullable Path folder, boolean lenient) {
    this.lenient = lenient;
    this.problems = problems;
    this.scalars = new ScalarBinder(folder);
    this.records = new RecordBinder(problems, this);
  }

  /** The value, or {@link #FAILED} with at least one problem added. */
  Object bind(Tree tree, Type type) {
    if (tree instanceof Tree.Broken) {
      return FAILED;
    }
    if (type instanceof ParameterizedType generic) {
      return generic(tree, generic);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalStateException("no YAML form for the type " + type);
    }
    if (tree instanceof Tree.Scalar scalar && scalars.reads(plain)) {
      try {
        return scalars.bind(scalar, plain);
      } catch (IllegalArgumentException e) {
        return fail(tree, String.valueOf(e.getMessage()));
      }
    }
    if (plain == Secret.class && tree instanceof Tree.Mapping) {
      return secret(tree);
    }
    if (plain.isRecord() && !scalars.isLeaf(plain)) {
      return tree instanceof Tree.Mapping mapping
          ? records.bind(mapping, plain)
          : mismatch(
              tree,
              scalars.reads(plain)
                  ? scalars.wanted(plain)
                  : "a mapping with the keys " + RecordBinder.keys(plain));
    }
    if (plain == JsonNode.class) {
      try {
        return FreeForm.of(tree);
      } catch (IllegalArgumentException e) {
        return fail(tree, String.valueOf(e.getMessage()));
      }
    }
    if (!scalars.reads(plain)) {
      throw new IllegalStateException("no YAML form for the type " + type);
    }
    return mismatch(tree, scalars.wanted(plain));
  }

  /** As {@link #bind}, a record without what has a problem where it need not have it. */
  Object outermost(Tree tree, Class<?> type) {
    return tree instanceof Tree.Mapping mapping
        ? records.bindWhatIsRight(mapping, type)
        : bind(tree, type);
  }

  private Object generic(Tree tree, ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      return tree instanceof Tree.Sequence sequence
          ? list(sequence, arguments[0])
          : mismatch(tree, "a list");
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return tree instanceof Tree.Mapping mapping
          ? map(mapping, arguments[1])
          : mismatch(tree, "a mapping");
    }
    if (type.getRawType() == Placed.class) {
      Object value = bind(tree, arguments[0]);
      return value == FAILED ? FAILED : new Placed<>(value, tree.place());
    }
    throw new IllegalStateException("no YAML form for the type " + type);
  }

  private Object list(Tree.Sequence sequence, Type type) {
    List<Object> values = new ArrayList<>();
    boolean failed = false;
    for (Tree item : sequence.items()) {
      Object value = bind(item, type);
      boolean left = value == FAILED && lenient && type instanceof Class<?> c && c.isRecord();
      failed |= value == FAILED && !left;
      if (!left) {
        values.add(value);
      }
    }
    return failed ? FAILED : List.copyOf(values);
  }

  private Object map(Tree.Mapping mapping, Type type) {
    Map<String, Object> values = new LinkedHashMap<>();
    boolean failed = false;
    for (Tree.Entry entry : mapping.entries()) {
      Object value = bind(entry.value(), type);
      failed |= value == FAILED;
      values.put(entry.key().text(), value);
    }
    return failed ? FAILED : Collections.unmodifiableMap(values);
  }

  private Object secret(Tree tree) {
    Object form = bind(tree, SecretForm.class);
    return form instanceof SecretForm known ? known.secret() : FAILED;
  }

  private Object mismatch(Tree tree, String wanted) {
    return fail(tree, "found " + tree.shown() + ", needs " + wanted);
  }

  Object fail(Tree tree, String message) {
    problems.add(tree.place(), message);
    return FAILED;
  }
}
