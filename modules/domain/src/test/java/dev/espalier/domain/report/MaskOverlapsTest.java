package dev.espalier.domain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.domain.Examples;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Arm;
import dev.espalier.domain.task.Cost;
import dev.espalier.domain.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskOverlapsTest {
  private static final Study STUDY = Examples.study(2, Evaluation.USUAL);

  private final List<FoundMask> masks = new ArrayList<>();

  private void add(Objective objective, long seed, int round, Mask mask) {
    MaskPublished published =
        new MaskPublished(
            Instant.EPOCH,
            Examples.NAMING.nameOf(STUDY),
            new TaskId(Examples.digestOf(objective + "/" + seed + "/" + round)),
            objective,
            round,
            seed,
            mask.summary(Optional.empty()),
            Optional.of(mask));
    masks.add(new FoundMask(Arm.trained(objective), published));
  }

  private List<MaskOverlap> overlaps() {
    Report report =
        new Report(
            Examples.NAMING.nameOf(STUDY),
            STUDY,
            1,
            1,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            masks,
            List.of(),
            Set.of(),
            Cost.NONE,
            Optional.empty());
    return MaskOverlaps.of(report, mask -> mask.bits().orElseThrow());
  }

  private static Mask mask(String first, String second) {
    return Mask.of(List.of(tensor("a", first), tensor("b", second)));
  }

  private static TensorMask tensor(String name, String bits) {
    boolean[] kept = new boolean[bits.length()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = bits.charAt(i) == '1';
    }
    return TensorMask.of(name, List.of(kept.length), kept);
  }

  @Test
  void objectivesAreComparedBySeedBesideWhatChanceGives() {
    add(Objective.LABELS, 1, 0, mask("1111", "110000"));
    add(Objective.ROTATION, 1, 0, mask("1110", "011000"));

    MaskOverlap overlap = overlaps().getFirst();

    assertThat(overlaps()).hasSize(1);
    assertThat(overlap.pair()).hasToString("labels–rotation");
    assertThat(overlap.level()).isEqualTo(1);
    assertThat(overlap.density()).isCloseTo(5.5 / 10, within(1e-12));
    assertThat(overlap.all().iou().mean()).isCloseTo(4.0 / 7, within(1e-12));
    double both = 6 * 5 / 10.0;
    assertThat(overlap.all().chance()).isCloseTo(both / (11 - both), within(1e-12));
    double bothByTensor = 4 * 3 / 4.0 + 2 * 2 / 6.0;
    assertThat(overlap.all().chanceByTensor())
        .isCloseTo(bothByTensor / (11 - bothByTensor), within(1e-12));
    assertThat(overlap.tensors()).extracting(MaskOverlap.Agreement::name).containsExactly("a", "b");
    assertThat(overlap.tensors().getLast().iou().mean()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(overlap.tensors().getLast().chance())
        .isCloseTo(overlap.tensors().getLast().chanceByTensor(), within(1e-12));
  }

  @Test
  void anObjectiveIsComparedWithItselfAcrossSeeds() {
    add(Objective.LABELS, 1, 1, mask("1111", "000000"));
    add(Objective.LABELS, 2, 1, mask("1111", "000000"));
    add(Objective.LABELS, 3, 1, mask("0000", "111100"));

    MaskOverlap overlap = overlaps().getFirst();

    assertThat(overlap.pair()).hasToString("labels across seeds");
    assertThat(overlap.level()).isEqualTo(2);
    assertThat(overlap.all().iou().count()).isEqualTo(3);
    assertThat(overlap.all().iou().mean()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(overlap.all().timesChance()).isCloseTo((1.0 / 3) / 0.25, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomMasksAgreeAsChanceSays(long seed) {
    Random random = new Random(seed);
    add(Objective.LABELS, 1, 0, random(random, 0.4, 0.1));
    add(Objective.ROTATION, 1, 0, random(random, 0.3, 0.2));

    MaskOverlap.Agreement all = overlaps().getFirst().all();

    assertThat(all.iou().mean()).isCloseTo(all.chanceByTensor(), within(0.01));
    assertThat(all.chanceByTensor()).isGreaterThan(all.chance());
  }

  private static Mask random(Random random, double first, double second) {
    return Mask.of(List.of(random("a", random, first), random("b", random, second)));
  }

  private static TensorMask random(String name, Random random, double density) {
    boolean[] kept = new boolean[40_000];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = random.nextDouble() < density;
    }
    return TensorMask.of(name, List.of(kept.length), kept);
  }

  @Test
  void aTensorOfWhichNothingIsLeftAgreesInNothing() {
    add(Objective.LABELS, 1, 0, mask("1100", "000000"));
    add(Objective.LABELS, 2, 0, mask("1100", "000000"));

    MaskOverlap overlap = overlaps().getFirst();

    assertThat(overlap.all().iou().mean()).isEqualTo(1);
    assertThat(overlap.tensors().getLast().iou().mean()).isZero();
    assertThat(overlap.tensors().getLast().chance()).isZero();
    assertThat(overlap.tensors().getLast().chanceByTensor()).isZero();
  }

  @Test
  void whereThereIsOneMaskThereIsNothingToCompare() {
    add(Objective.LABELS, 1, 0, mask("1111", "110000"));
    add(Objective.ROTATION, 2, 0, mask("1111", "110000"));

    assertThat(overlaps()).isEmpty();
  }
}
