package dev.espalier.compute.prune;

import dev.espalier.domain.mask.TensorMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Removes whole units from the one of least worth on, as long as they hold at most so many
 * remaining weights together. Equal worth, in single precision, is broken by tensor name, then by
 * the unit's number in the tensor. Tensors of a single unit are left alone.
 */
final class UnitSelection {
  private final List<Units> tensors;
  private final int[] firstNumbers; // of each tensor's units among all, and at last their number

  /** A selection among {@code tensors}, which have been weighed, sorted by name. */
  UnitSelection(List<Units> tensors) {
    this.tensors = tensors;
    this.firstNumbers = new int[tensors.size() + 1];
    for (int i = 0; i < tensors.size(); i++) {
      firstNumbers[i + 1] = firstNumbers[i] + tensors.get(i).count();
    }
  }

  /** The masks of the tensors without units of {@code most} remaining weights at most. */
  List<TensorMask> without(long most) {
    List<boolean[]> gone = new ArrayList<>();
    tensors.forEach(units -> gone.add(new boolean[units.count()]));
    long left = most;
    for (long key : byWorth()) {
      int number = (int) key;
      int tensor = tensorOf(number);
      int unit = number - firstNumbers[tensor];
      left -= tensors.get(tensor).remaining(unit);
      if (left < 0) {
        break;
      }
      gone.get(tensor)[unit] = true;
    }
    List<TensorMask> masks = new ArrayList<>();
    for (int i = 0; i < gone.size(); i++) {
      masks.add(tensors.get(i).without(gone.get(i)));
    }
    return masks;
  }

  /** The numbers of what can go, each behind its worth, in order. */
  private long[] byWorth() {
    long[] keys = new long[firstNumbers[tensors.size()]];
    int size = 0;
    for (int i = 0; i < tensors.size(); i++) {
      Units units = tensors.get(i);
      for (int unit = 0; unit < units.count() && units.count() > 1; unit++) {
        if (units.remaining(unit) > 0) {
          long worth = Float.floatToIntBits(units.worth(unit));
          keys[size++] = (worth << Integer.SIZE) | (firstNumbers[i] + unit);
        }
      }
    }
    long[] sorted = Arrays.copyOf(keys, size);
    Arrays.sort(sorted);
    return sorted;
  }

  private int tensorOf(int number) {
    int found = Arrays.binarySearch(firstNumbers, number);
    return found >= 0 ? found : -found - 2;
  }
}
