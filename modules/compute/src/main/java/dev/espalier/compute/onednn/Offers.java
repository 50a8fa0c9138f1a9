package dev.espalier.compute.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * The implementations that oneDNN offers for one primitive, in its own order.
 *
 * @param <D> the primitive's descriptor
 */
final class Offers<D extends primitive_desc_base> {
  private final Supplier<D> first;
  private final Predicate<D> next;

  /**
   * @param first describes the primitive in oneDNN's first implementation
   * @param next has a descriptor go on to the next one, if there is any. It must be called on the
   *     concrete type: the base class's method does not advance
   */
  Offers(Supplier<D> first, Predicate<D> next) {
    this.first = first;
    this.next = next;
  }

  /** The names of all. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    try (D desc = first.get()) {
      do {
        names.add(nameOf(desc));
      } while (next.test(desc));
    }
    return names;
  }

  /** The one called {@code name}, or the first where there is none of that name, or none is. */
  D take(Optional<String> name) {
    return name.flatMap(this::named).orElseGet(first);
  }

  private Optional<D> named(String name) {
    D desc = first.get();
    do {
      if (nameOf(desc).equals(name)) {
        return Optional.of(desc);
      }
    } while (next.test(desc));
    desc.close();
    return Optional.empty();
  }

  private String nameOf(D desc) {
    return desc.impl_info_str().getString();
  }
}
