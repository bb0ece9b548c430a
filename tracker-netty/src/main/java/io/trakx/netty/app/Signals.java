package io.trakx.netty.app;

import java.lang.reflect.Proxy;

/**
 * Says what to do when the system sends a signal.
 *
 * <p>Java has no public way to hear of SIGHUP, or to end with an exit code of one's own after
 * SIGTERM. {@code sun.misc.Signal} of the module jdk.unsupported has been there for that since Java
 * 1.2. It is called by reflection, since javac warns of every mention of it in a way that cannot be
 * switched off, and warnings are errors here.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs {@code action}, on a thread of its own, whenever the signal comes.
   *
   * @param name without SIG: {@code TERM}
   * @throws UnsupportedOperationException if this JVM does not let go of the signal
   */
  static void handle(String name, Runnable action) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerClass},
              (_, method, _) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    // The JVM compares handlers with its own two, and prints this one at most.
                    case "equals" -> false;
                    case "hashCode" -> name.hashCode();
                    default -> "handler of SIG" + name;
                  });
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("SIG" + name + " cannot be handled", e);
    }
  }
}
