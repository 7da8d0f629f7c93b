package dev.tidemark.toolkit.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.config.Shown;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds one scalar to a value; an IllegalArgumentException says what was found and is needed. */
final class ScalarBinder {
  private final @Nullable Path folder;

  ScalarBinder(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Whether the type can be written as one scalar. */
  boolean reads(Class<?> type) {
    return type != JsonNode.class && (isLeaf(type) || parseMethod(type).isPresent());
  }

  /** Whether the type can be written only as one scalar. */
  boolean isLeaf(Class<?> type) {
    return type == String.class
        || type == ByteSize.class
        || Numbers.reads(type)
        || type == boolean.class
        || type == Boolean.class
        || type == Duration.class
        || type == Secret.class
        || type == URI.class
        || type == Path.class
        || type.isEnum();
  }

  /** What a message says is needed. */
  String wanted(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as 30s, 1h30m or 7d";
    } else if (type == ByteSize.class) {
      return "a size such as 64Mi, 1Gi, 512MB or 1024";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == URI.class) {
      return "an address such as http://localhost:9090";
    } else if (type == Path.class) {
      return "a path";
    } else if (type == Secret.class) {
      return "a text, {file: PATH} or {env: NAME}";
    } else if (type.isEnum()) {
      return Enums.wanted(type);
    } else {
      return Numbers.reads(type) ? Numbers.wanted(type) : "a text";
    }
  }

  Object bind(Tree.Scalar scalar, Class<?> type) {
    String text = scalar.text();
    if (Numbers.reads(type)) {
      return Numbers.bind(scalar, type);
    }
    if (type == boolean.class || type == Boolean.class) {
      return bool(scalar);
    }
    if (scalar.isNull()) {
      throw new IllegalArgumentException("found nothing, needs " + wanted(type));
    }
    if (type == String.class) {
      return text;
    } else if (type == Duration.class) {
      return PromDuration.parse(text);
    } else if (type == ByteSize.class) {
      return ByteSize.parse(text);
    } else if (type == Secret.class) {
      return Secret.of(text);
    } else if (type == URI.class) {
      return uri(text);
    } else if (type == Path.class) {
      return folder == null ? Path.of(text) : folder.resolve(text).normalize();
    } else if (type.isEnum()) {
      return Enums.bind(text, type);
    }
    return parse(text, type);
  }

  private static Boolean bool(Tree.Scalar scalar) {
    if (ScalarKind.of(scalar) == ScalarKind.BOOLEAN) {
      return scalar.text().charAt(0) == 't' || scalar.text().charAt(0) == 'T';
    }
    throw new IllegalArgumentException("found " + scalar.shown() + ", needs true or false");
  }

  private static URI uri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() != null && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // one message for all that is no address
    }
    throw new IllegalArgumentException(
        "found " + Shown.text(text) + ", needs an address such as http://localhost:9090");
  }

  private static Optional<Method> parseMethod(Class<?> type) {
    try {
      Method method = type.getDeclaredMethod("parse", String.class);
      boolean fits = Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type;
      return fits && Modifier.isPublic(method.getModifiers())
          ? Optional.of(method)
          : Optional.empty();
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static Object parse(String text, Class<?> type) {
    Function<Throwable, RuntimeException> broken =
        cause -> new IllegalStateException(type + ".parse failed", cause);
    try {
      Method method = parseMethod(type).orElseThrow();
      method.setAccessible(true);
      return method.invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw broken.apply(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw broken.apply(e);
    }
  }
}
