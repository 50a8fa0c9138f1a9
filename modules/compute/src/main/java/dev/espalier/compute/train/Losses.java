package dev.espalier.compute.train;

import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.feed.Views;
import dev.espalier.compute.objective.BatchLoss;
import dev.espalier.compute.objective.InstanceDiscrimination;
import dev.espalier.compute.objective.NtXent;
import dev.espalier.compute.objective.SemiSupervised;
import dev.espalier.compute.objective.Swav;
import dev.espalier.compute.objective.TripletLoss;
import dev.espalier.compute.plan.Loss;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.ResizedCrop;
import dev.espalier.domain.study.Training;
import java.util.Optional;
import java.util.OptionalDouble;

/** How each objective measures answers. */
final class Losses {
  /** The answer for an image whose class is not known. */
  static final int UNLABELLED = SemiSupervised.UNLABELLED;

  private static final int ITERATIONS = 3; // of Sinkhorn, as SwAV has them
  private static final Range SMALL_PARTS = new Range(0.05, 0.3);

  private Losses() {}

  /** That of {@code objective}; empty where it is the cross-entropy with the answers. */
  static Optional<BatchLoss> of(
      Objective objective, Training training, Reading reading, int stepsPerEpoch) {
    return switch (objective) {
      case Objective.Labels labels -> Optional.empty();
      case Objective.Rotation rotation -> Optional.empty();
      case Objective.Exemplar exemplar ->
          Optional.of(new TripletLoss(exemplar.dimensions(), margin(exemplar)));
      case Objective.Npid npid ->
          Optional.of(
              new InstanceDiscrimination(
                  new InstanceDiscrimination.Settings(
                      npid.dimensions(), npid.temperature(), npid.negatives()),
                  reading.data().train().count(),
                  reading.seed()));
      case Objective.S4l s4l ->
          Optional.of(new SemiSupervised(reading.data().classes(), s4l.weight()));
      case Objective.Simclr simclr ->
          Optional.of(new NtXent(simclr.dimensions(), simclr.temperature()));
      case Objective.Swav swav ->
          Optional.of(
              new Swav(settings(swav, stepsPerEpoch), training.optimizer(), reading.seed()));
    };
  }

  private static OptionalDouble margin(Objective.Exemplar exemplar) {
    return switch (exemplar.mining()) {
      case HINGE -> OptionalDouble.of(exemplar.margin());
      case SOFT -> OptionalDouble.empty();
    };
  }

  private static Swav.Settings settings(Objective.Swav swav, int stepsPerEpoch) {
    return new Swav.Settings(
        swav.dimensions(),
        swav.prototypes(),
        swav.smallCrops(),
        swav.temperature(),
        swav.epsilon(),
        ITERATIONS,
        stepsPerEpoch);
  }

  /** The small crops that an image has for {@code objective} beside its other views. */
  static Optional<Views.SmallCrops> smallCrops(Objective objective) {
    return objective instanceof Objective.Swav swav && swav.smallCrops() > 0
        ? Optional.of(
            new Views.SmallCrops(
                swav.smallCrops(),
                swav.smallSize(),
                new ResizedCrop(SMALL_PARTS, ResizedCrop.USUAL.ratio())))
        : Optional.empty();
  }

  /** What measures the answers to small crops. */
  static Optional<Loss> ofSmallCrops(BatchLoss loss) {
    return loss instanceof Swav swav ? Optional.of(swav.ofSmallCrops()) : Optional.empty();
  }
}
