package dev.espalier.compute.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyPartIsDoneOnceEachRound(int threads) {
    AtomicIntegerArray done = new AtomicIntegerArray(threads);
    try (Crew crew = Crew.of(threads)) {
      for (int round = 1; round <= 500; round++) {
        crew.run(done::incrementAndGet);
        for (int part = 0; part < threads; part++) {
          assertThat(done.get(part)).isEqualTo(round);
        }
      }
    }
  }

  @Test
  void eachPartHasAThreadOfItsOwnAndTheCallersIsTheFirst() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Thread[] first = new Thread[1];
    try (Crew crew = Crew.of(3)) {
      crew.run(
          part -> {
            threads.add(Thread.currentThread());
            if (part == 0) {
              first[0] = Thread.currentThread();
            }
          });
    }
    assertThat(threads).hasSize(3);
    assertThat(first[0]).isSameAs(Thread.currentThread());
  }

  @Test
  void aFailureOfAHelperReachesTheCallerAndTheCrewGoesOn() {
    AtomicIntegerArray done = new AtomicIntegerArray(2);
    try (Crew crew = Crew.of(2)) {
      assertThatThrownBy(
              () ->
                  crew.run(
                      part -> {
                        if (part == 1) {
                          throw new IllegalArgumentException("broken");
                        }
                      }))
          .hasRootCauseMessage("broken");
      crew.run(done::incrementAndGet);
    }
    assertThat(done.get(0) + done.get(1)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void itemsAreMappedInTheirOrder(int threads) {
    List<Integer> items = IntStream.range(0, 100).boxed().toList();
    try (Crew crew = Crew.of(threads)) {
      assertThat(crew.map(items, item -> item * item))
          .isEqualTo(items.stream().map(item -> item * item).toList());
      assertThat(crew.map(List.of(), item -> item)).isEmpty();
    }
  }

  @Test
  void aClosedCrewRefusesWork() {
    Crew crew = Crew.of(2);
    crew.close();
    assertThatThrownBy(() -> crew.run(part -> {})).hasMessageContaining("closed");
  }
}
