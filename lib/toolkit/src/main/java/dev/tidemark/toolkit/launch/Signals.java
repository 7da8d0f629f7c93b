package dev.tidemark.toolkit.launch;

import java.lang.reflect.Proxy;

/**
 * Operating system signals, through sun.misc.Signal by reflection: it is the only way to hear
 * SIGHUP, and naming it in source is a warning that cannot be turned off.
 */
final class Signals {
  private Signals() {}

  /** Calls {@code handler} on each such signal; false where the JVM does not let us hear it. */
  static boolean on(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handlers.getClassLoader() == null
                  ? Signals.class.getClassLoader()
                  : handlers.getClassLoader(),
              new Class<?>[] {handlers},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  handler.run();
                  return null;
                }
                return method.getName().equals("equals") ? (Object) false : (Object) 0;
              });
      Object known = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handlers).invoke(null, known, proxy);
      return true;
    } catch (ReflectiveOperationException e) {
      return false; // Windows has no HUP; -Xrs keeps TERM and INT from us
    }
  }
}
