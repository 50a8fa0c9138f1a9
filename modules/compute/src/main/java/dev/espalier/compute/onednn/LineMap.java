package dev.espalier.compute.onednn;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A linear map of a few vectors to a few others, lane by lane, repeated over memory.
 *
 * <p>It is called through a handle that is no constant, so that the compiler takes each map for
 * itself. Where it put several of them into one loop, it ran out of its budget half-way and kept
 * vectors as objects, which took half as long again.
 */
final class LineMap {
  private static final MethodType TYPE =
      MethodType.methodType(void.class, long[].class, long[].class, Walk.class);

  private final MethodHandle map;

  private LineMap(MethodHandle map) {
    this.map = map;
  }

  /** The static method {@code name} of {@code owner}, with the parameters of {@link #apply}. */
  static LineMap of(Class<?> owner, String name) {
    try {
      return new LineMap(MethodHandles.lookup().findStatic(owner, name, TYPE));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("expected a map " + name + " in " + owner, e);
    }
  }

  /**
   * Maps what lies at the addresses {@code from} to the addresses {@code to}, and again at each
   * further place of the walk.
   */
  void apply(long[] from, long[] to, Walk walk) {
    try {
      map.invokeExact(from, to, walk);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("expected a map to throw nothing", e);
    }
  }
}
