package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.Providers;
import dev.espalier.compute.augment.Augmenter;
import dev.espalier.compute.data.BatchOrder;
import dev.espalier.compute.data.Dataset;
import dev.espalier.compute.data.Datasets;
import dev.espalier.compute.feed.Batch;
import dev.espalier.compute.feed.Reading;
import dev.espalier.compute.feed.Views;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.plan.JointPlan;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;
import dev.espalier.compute.plan.Update;
import dev.espalier.compute.train.Initialisation;
import dev.espalier.domain.study.Augmentation;
import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Jitter;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Optimizer;
import dev.espalier.domain.study.Range;
import dev.espalier.domain.study.ResizedCrop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small network learns to tell glyphs apart by every loss of views, with small crops too. */
@Tag("long")
class ViewsLearnedTest {
  private static final int IMAGES = 32;
  private static final int WIDTH = 32;
  private static final int EPOCHS = 4;
  private static final Dataset DATA =
      Datasets.open(
          DataSpec.first(DataSpec.Name.GLYPHS, OptionalInt.of(640), OptionalInt.of(128)), Map.of());
  private static final Views.SmallCrops SMALL = new Views.SmallCrops(2, 20, part(0.2, 0.4));
  private static final Optimizer ADAM = new Optimizer.Adam(0.9, 0.999, 1e-8);
  private static final Reading READING =
      new Reading(
          DATA,
          new Augmentation(
              false,
              0,
              Optional.of(part(0.6, 1)),
              OptionalDouble.empty(),
              Optional.of(new Jitter(0.2, 0.2, 0.2, 0, 1)),
              OptionalDouble.empty(),
              Optional.empty(),
              Optional.empty()),
          1,
          1);

  private static ResizedCrop part(double low, double high) {
    return new ResizedCrop(new Range(low, high), new Range(0.8, 1.25));
  }

  static Stream<Named<Supplier<BatchLoss>>> losses() {
    return Stream.of(
        Named.of("nt-xent", () -> new NtXent(WIDTH, 0.5)),
        Named.of("triplets", () -> new TripletLoss(WIDTH, OptionalDouble.empty())),
        Named.of("noise", () -> npid(256, 0.5)),
        Named.of("whole bank", () -> npid(0, 0.1)),
        Named.of(
            "swav", () -> new Swav(new Swav.Settings(WIDTH, 20, 2, 0.1, 0.05, 3, 20), ADAM, 1)));
  }

  private static BatchLoss npid(int negatives, double temperature) {
    return new InstanceDiscrimination(
        new InstanceDiscrimination.Settings(WIDTH, temperature, negatives),
        DATA.train().count(),
        1);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void viewsOfAnImageComeTogether(Supplier<BatchLoss> maker) {
    Architecture network =
        Architectures.of(KnownNetwork.RESNET8, DATA.volume(), WIDTH).withProjection(64);
    try (BatchLoss loss = maker.get();
        Parameters parameters = Parameters.float32(network, ADAM);
        Plan plan = plan(loss, network, parameters)) {
      Initialisation.draw(parameters, 1, Initialisation.Purpose.W0);
      plan.loss(loss);
      double before = examined(loss, plan).loss();
      train(loss, plan);

      assertThat(examined(loss, plan).loss()).isLessThan(0.85 * before);
    }
  }

  private static Plan plan(BatchLoss loss, Architecture network, Parameters parameters) {
    Provider provider = Providers.named(Providers.DEFAULT, 1);
    Plan large = provider.compile(network, parameters, IMAGES * form(loss).views());
    if (!(loss instanceof Swav swav)) {
      return large;
    }
    Architecture cropped = network.seeing(SMALL.volume(DATA.volume()));
    Plan small = provider.compile(cropped, parameters, IMAGES * SMALL.count());
    small.loss(swav.ofSmallCrops());
    return new JointPlan(parameters, List.of(large, small));
  }

  private static Views.Form form(BatchLoss loss) {
    return new Views.Form(
        loss instanceof InstanceDiscrimination ? 1 : 2,
        loss instanceof Swav ? Optional.of(SMALL) : Optional.empty());
  }

  private static void train(BatchLoss loss, Plan plan) {
    Views views = new Views(READING, form(loss));
    BatchOrder order = new BatchOrder(1, DATA.train().count(), IMAGES);
    long step = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      int[] ordered = order.of(epoch);
      for (int first = 0; first + IMAGES <= ordered.length; first += IMAGES, step++) {
        Batch batch = form(loss).batch(IMAGES, DATA.volume());
        for (int i = first; i < first + IMAGES; i++) {
          views.write(DATA.train(), ordered[i], epoch, ordered[i], batch);
        }
        batch.copyTo(plan.images());
        loss.begin(step, batch.answers());
        Update update = new Update(ADAM, 3e-3, 1e-4, step + 1, OptionalDouble.empty());
        plan.step(update);
        loss.end(update);
      }
    }
  }

  private static ViewExam examined(BatchLoss loss, Plan plan) {
    ViewExam exam = new ViewExam(loss, WIDTH);
    Views.Form pairs = new Views.Form(2, Optional.empty());
    Views views = new Views(READING, pairs);
    int images = plan.batch() / 2;
    for (int first = 0; first < DATA.test().count(); first += images) {
      Batch batch = pairs.batch(images, DATA.volume());
      for (int i = first; i < first + images; i++) {
        views.write(DATA.test(), i, Augmenter.TEST, i, batch);
      }
      batch.copyTo(plan.images());
      plan.evaluate();
      exam.mark(plan.logits(), batch.answers());
    }
    return exam;
  }
}
