package dev.espalier.compute.train;

import dev.espalier.compute.feed.Views;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.MultiplyAdds;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.parallel.Crew;
import dev.espalier.compute.plan.JointPlan;
import dev.espalier.compute.plan.Owned;
import dev.espalier.compute.plan.Parameters;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.compute.plan.Plan;
import dev.espalier.compute.plan.Provider;
import dev.espalier.compute.prune.FlatMask;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Precision;
import dev.espalier.domain.task.Failure;
import dev.espalier.domain.task.Setting;
import dev.espalier.domain.task.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run works with: a network's parameters under a mask, the plan compiled for them, what they
 * are taught, and the schedule.
 */
public final class Apparatus implements AutoCloseable {
  private final Schedule schedule;
  private final Parameters parameters;
  private final Plan plan;
  private final List<Owned> owned = new ArrayList<>();
  private Lesson lesson;
  private FlatMask mask;

  private Apparatus(Lesson lesson, Schedule schedule, Parameters parameters, Plan plan) {
    this.lesson = lesson;
    this.schedule = schedule;
    this.parameters = parameters;
    this.plan = plan;
    this.mask = FlatMask.dense(parameters.slots());
  }

  /**
   * Compiles the network of {@code setting} for {@code lesson}; its weights are 0 and its mask is
   * dense.
   *
   * @throws TaskException when it cannot see such pictures, or the provider cannot compute it
   */
  public static Apparatus open(Provider provider, Lesson lesson, Setting setting) {
    Schedule schedule = new Schedule(setting.training(), lesson.stepsPerEpoch());
    Architecture architecture = architecture(lesson, setting);
    Parameters parameters = Parameters.float32(architecture, setting.training().optimizer());
    try {
      Plan plan = compile(provider, lesson, parameters, setting.precision());
      Apparatus apparatus = new Apparatus(lesson, schedule, parameters, plan);
      lesson.owned().forEach(apparatus::own);
      return apparatus;
    } catch (UnsupportedOperationException e) {
      parameters.close();
      throw new TaskException(new Failure.BadInput(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  /** The plan of {@code parameters} for the batches of {@code lesson}. */
  static Plan compile(
      Provider provider, Lesson lesson, Parameters parameters, Precision precision) {
    Plan plan = provider.compile(parameters.architecture(), parameters, lesson.inputs(), precision);
    try {
      return lesson.smallCrops().isEmpty()
          ? plan
          : new JointPlan(
              parameters, List.of(plan, ofSmallCrops(provider, lesson, parameters, precision)));
    } catch (RuntimeException | Error e) {
      plan.close();
      throw e;
    }
  }

  private static Plan ofSmallCrops(
      Provider provider, Lesson lesson, Parameters parameters, Precision precision) {
    Views.SmallCrops crops = lesson.smallCrops().orElseThrow();
    Architecture seeing = seeing(parameters.architecture(), crops.volume(lesson.volume()));
    Plan small = provider.compile(seeing, parameters, lesson.batch() * crops.count(), precision);
    small.loss(lesson.lossOfSmallCrops().orElseThrow());
    return small;
  }

  private static Architecture seeing(Architecture architecture, Volume small) {
    try {
      return architecture.seeing(small);
    } catch (IllegalArgumentException e) {
      throw new TaskException(new Failure.BadInput(String.valueOf(e.getMessage())));
    }
  }

  private static Architecture architecture(Lesson lesson, Setting setting) {
    try {
      Architecture plain = Architectures.of(setting.network(), lesson.volume(), lesson.answers());
      return lesson.projects() ? plain.withProjection(plain.features()) : plain;
    } catch (IllegalArgumentException e) {
      throw new TaskException(new Failure.BadInput(String.valueOf(e.getMessage())));
    }
  }

  /** What the network is trained on. */
  public Objective objective() {
    return lesson.objective();
  }

  /** What it is shown. */
  public Lesson lesson() {
    return lesson;
  }

  /**
   * Has it be shown something else from now on.
   *
   * @param other a lesson of as many inputs, answers and steps
   * @throws IllegalArgumentException when it is another objective's, or of another form, or its
   *     objective has a state of its own: checkpoints keep that of the first lesson, and small
   *     crops are measured by it
   */
  public void show(Lesson other) {
    if (!other.objective().equals(lesson.objective())
        || other.inputs() != lesson.inputs()
        || other.answers() != lesson.answers()
        || other.stepsPerEpoch() != lesson.stepsPerEpoch()) {
      throw new IllegalArgumentException(
          "expected a lesson of %s with %d inputs, %d answers and %d steps an epoch"
              .formatted(
                  lesson.objective(), lesson.inputs(), lesson.answers(), lesson.stepsPerEpoch()));
    }
    if (!lesson.owned().isEmpty()) {
      throw new IllegalArgumentException(
          "expected an objective without a state of its own to be shown otherwise, got "
              + lesson.objective());
    }
    lesson = other;
  }

  /** Its steps and learning rates. */
  public Schedule schedule() {
    return schedule;
  }

  /** All its numbers. */
  public Parameters parameters() {
    return parameters;
  }

  /** What computes it. */
  public Plan plan() {
    return plan;
  }

  /** The mask that it is under. */
  public FlatMask mask() {
    return mask;
  }

  /** How large the network is under its mask. */
  public Size size() {
    long all = parameters.length(Buffer.WEIGHTS);
    Architecture architecture = parameters.architecture();
    return new Size(
        all,
        all - (mask.total() - mask.count()),
        MultiplyAdds.ofEvaluation(architecture),
        MultiplyAdds.ofEvaluation(architecture, mask.toMask()));
  }

  /**
   * Puts the network under {@code now}: removed weights and their moments become exactly 0.
   *
   * @param crew who shares the work
   * @throws IllegalArgumentException when it is the mask of another network
   */
  public void putUnder(Mask now, Crew crew) {
    mask = FlatMask.of(parameters.slots(), now);
    mask.applyTo(parameters, crew);
  }

  /** Takes the mask that the parameters hold for the one that the network is under. */
  void takeMask() {
    mask = FlatMask.read(parameters.slots(), parameters.segment(Parameters.Buffer.MASK));
  }

  /**
   * Has whatever trains with this keep {@code owner}'s state in its checkpoints, and find it again.
   * To be said before.
   *
   * @throws IllegalArgumentException when something of that name is owned already
   */
  public void own(Owned owner) {
    if (owned.stream().anyMatch(other -> other.name().equals(owner.name()))) {
      throw new IllegalArgumentException(
          "expected owners of different names, got " + owner.name() + " twice");
    }
    owned.add(owner);
  }

  /** Who has a state of its own. */
  List<Owned> owned() {
    return List.copyOf(owned);
  }

  /** The weights and statistics as they are after {@code step} steps. */
  public WeightsFile weightsAt(long step) {
    return WeightsFile.of(parameters, objective(), step, lesson.batch());
  }

  /** As above, with all that a look at the loss needs beside them. */
  public WeightsFile everythingAt(long step) {
    return weightsAt(step).with(owned);
  }

  /**
   * Takes up what {@link #everythingAt} kept, under the mask that it was trained with.
   *
   * @param crew who shares the work
   * @return how many steps it was trained
   * @throws IllegalArgumentException when it is of another network or objective
   */
  public long takeUp(WeightsFile everything, Mask trainedWith, Crew crew) {
    everything.copyTo(parameters);
    everything.copyTo(owned);
    putUnder(trainedWith, crew);
    return everything.step();
  }

  @Override
  public void close() {
    plan.close();
    parameters.close();
    lesson.close();
  }
}
