package dev.espalier.domain.verdict;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Protocol;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Arm;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The conclusions of Caron, Morcos, Bojanowski, Mairal and Joulin, "Pruning convolutional neural
 * networks with self-supervision" (2020), as far as they are about what a study trains on.
 */
final class Claims {
  private static final String FEATURES = "Caron et al. 2020, section 4.1, figure 1";
  private static final String RETRAINING = "Caron et al. 2020, section 4.2, figure 3";
  private static final String TRANSFER = "Caron et al. 2020, section 4.1, figure 2";
  private static final String FEW_LABELS = "Caron et al. 2020, section 4.2.2, figure 5";
  private static final String DEPTH = "Caron et al. 2020, figures 4 and 9";
  private static final String NATURAL = "Caron et al. 2020, figure 6";
  private static final Expectation FOUR_FIFTHS = new Expectation(0.8, Double.POSITIVE_INFINITY);

  private Claims() {}

  /** Those about {@code study}, in the order of the paper. */
  static List<Claim> about(Study study) {
    List<Objective> objectives = study.objectives();
    List<Objective> found = objectives.stream().filter(Claims::isRetrainedInThePaper).toList();
    boolean labels = objectives.contains(Objective.LABELS);
    return Stream.of(
            objectives.stream().filter(Claims::isProbedInThePaper).flatMap(Claims::features),
            found.stream().flatMap(objective -> transfers(study, objective)),
            labels ? ofLabels(study) : Stream.<Claim>of(),
            labels ? found.stream().flatMap(Claims::againstLabels) : Stream.<Claim>of(),
            found.stream().flatMap(objective -> tickets(study, objective)),
            labels
                ? found.stream().flatMap(objective -> depth(study, objective))
                : Stream.<Claim>of(),
            fewLabels(objectives),
            isNaturallySparse(study) ? Stream.of(natural()) : Stream.<Claim>of())
        .flatMap(claims -> claims)
        .toList();
  }

  private static boolean isProbedInThePaper(Objective objective) {
    return isRetrainedInThePaper(objective) || objective instanceof Objective.Npid;
  }

  private static boolean isRetrainedInThePaper(Objective objective) {
    return objective instanceof Objective.Rotation || objective instanceof Objective.Exemplar;
  }

  /** Whether the paper gives the figure: of ResNet-18 and VGG-19 on CIFAR-10. */
  private static boolean isNaturallySparse(Study study) {
    return study.data().name() == DataSpec.Name.CIFAR10
        && study.objectives().contains(Objective.LABELS)
        && Set.of(KnownNetwork.RESNET18, KnownNetwork.VGG19).contains(study.network());
  }

  private static Stream<Claim> features(Objective found) {
    Arm probe = Arm.of(found, Evaluation.PROBE);
    return Stream.of(
        new Claim(
            "features-kept/" + found,
            "Cutting up to 90 %% of the weights does not lower what a linear classifier reads off features from %s"
                .formatted(found),
            FEATURES,
            new Quantity.Gain(probe, Span.TENTH),
            Expectation.NO_LOSS),
        moderate(found, new Quantity.Gain(probe, Span.MODERATE)),
        new Claim(
            "features-lost/" + found,
            "Features from %s are worse when less than 5 %% of the weights are left"
                .formatted(found),
            FEATURES,
            new Quantity.Gain(probe, Span.TWENTIETH),
            Expectation.CLEAR_LOSS));
  }

  /** The strongest features of the paper stay as they are, the others gain a little. */
  private static Claim moderate(Objective found, Quantity.Gain gain) {
    return found instanceof Objective.Npid
        ? new Claim(
            "features-flat/" + found,
            "Moderate pruning leaves what it reads off features from %s as it is".formatted(found),
            FEATURES,
            gain,
            Expectation.NO_DIFFERENCE)
        : new Claim(
            "features-raised/" + found,
            "Moderate pruning even raises slightly what it reads off features from " + found,
            FEATURES,
            gain,
            Expectation.GAIN);
  }

  private static Stream<Claim> transfers(Study study, Objective found) {
    return study.evaluations().stream()
        .filter(evaluation -> evaluation.protocol() == Protocol.TRANSFER)
        .map(Evaluation::detail)
        .filter(data -> study.evaluations().contains(prunedOn(data)))
        .map(
            data ->
                new Claim(
                    "prune-before-transfer/%s/%s".formatted(found, data),
                    "Pruned in pre-training on %s, networks do better on %s than pruned there"
                        .formatted(found, data),
                    TRANSFER,
                    lead(
                        Arm.of(found, new Evaluation(Protocol.TRANSFER, data)),
                        Arm.of(found, prunedOn(data))),
                    Expectation.GAIN));
  }

  private static Evaluation prunedOn(String data) {
    return new Evaluation(Protocol.PRUNED, data);
  }

  private static Stream<Claim> ofLabels(Study study) {
    Arm ticket = Arm.of(Objective.LABELS, Evaluation.TICKET);
    Arm reinit = Arm.of(Objective.LABELS, Evaluation.REINIT);
    return Stream.of(
        severe(
            "ticket-wins/labels",
            "Masks from labels train better from their own rewound weights than from fresh ones",
            lead(ticket, reinit),
            Expectation.GAIN),
        aboveChance(study, "labels", reinit),
        new Claim(
            "random-competes/labels",
            "At moderate densities random masks are about as good as those from labels",
            RETRAINING,
            new Quantity.Lead(Arm.RANDOM, reinit, Span.MODERATE),
            Expectation.NO_LOSS));
  }

  private static Stream<Claim> againstLabels(Objective found) {
    Objective labels = Objective.LABELS;
    Quantity.Lead reinit =
        lead(Arm.of(found, Evaluation.REINIT), Arm.of(labels, Evaluation.REINIT));
    Quantity.Lead ticket =
        lead(Arm.of(found, Evaluation.TICKET), Arm.of(labels, Evaluation.TICKET));
    return Stream.of(
        severe(
            "masks-match/" + found,
            "From fresh weights, masks from %s train as well as those from labels".formatted(found),
            reinit,
            Expectation.NO_DIFFERENCE),
        severe(
            "ticket-below-labels/" + found,
            "Winning tickets from %s end below those from labels".formatted(found),
            ticket,
            Expectation.LOSS));
  }

  private static Stream<Claim> tickets(Study study, Objective found) {
    Arm ticket = Arm.of(found, Evaluation.TICKET);
    Arm reinit = Arm.of(found, Evaluation.REINIT);
    return Stream.of(
        severe(
            "ticket-no-gain/" + found,
            "The rewound weights from %s are hardly better than fresh ones".formatted(found),
            lead(ticket, reinit),
            Expectation.NO_DIFFERENCE),
        aboveChance(study, found.toString(), reinit),
        severe(
            "ticket-above-random/" + found,
            "Winning tickets from %s are far above random pruning".formatted(found),
            lead(ticket, Arm.RANDOM),
            Expectation.GAIN),
        new Claim(
            "gap-grows/" + found,
            "The lead of masks from %s over random ones grows as pruning becomes severe"
                .formatted(found),
            RETRAINING,
            new Quantity.Growth(reinit, Arm.RANDOM),
            Expectation.GAIN));
  }

  /** Held against the control that knows natural sparsity, where a study has it. */
  private static Claim aboveChance(Study study, String found, Arm reinit) {
    Evaluation adjusted = Evaluation.of(Protocol.ADJUSTED);
    boolean fair = study.evaluations().contains(adjusted);
    Arm control = fair ? Arm.of(Objective.LABELS, adjusted) : Arm.RANDOM;
    return severe(
        "above-random/" + found,
        "Masks from %s train better than random ones%s"
            .formatted(found, fair ? " adjusted for natural sparsity" : ""),
        lead(reinit, control),
        Expectation.GAIN);
  }

  /** Held against the variant that prunes the fewest of the first layers, where there is one. */
  private static Stream<Claim> depth(Study study, Objective found) {
    return study.variants().entrySet().stream()
        .filter(variant -> variant.getValue().recipe().depth().isPresent())
        .min(Comparator.comparingInt(one -> one.getValue().recipe().depth().getAsInt()))
        .map(Map.Entry::getKey)
        .map(
            variant ->
                new Claim(
                    "gap-deepens/" + found,
                    "The lead of tickets from labels over those from %s grows with the depth up to which layers are pruned"
                        .formatted(found),
                    DEPTH,
                    new Quantity.Deepening(
                        Arm.of(Objective.LABELS, Evaluation.TICKET),
                        Arm.of(found, Evaluation.TICKET),
                        variant),
                    Expectation.GAIN))
        .stream();
  }

  private static Stream<Claim> fewLabels(List<Objective> objectives) {
    List<Objective> few = objectives.stream().filter(Claims::hasFewLabels).toList();
    return few.stream()
        .flatMap(
            some ->
                objectives.stream()
                    .filter(other -> isBelow(some, other))
                    .map(other -> better(some, other)));
  }

  private static boolean hasFewLabels(Objective objective) {
    return objective.labelledImages().filter(labelled -> labelled.share() < 1).isPresent();
  }

  /** Whether the paper has tickets of {@code other} behind those of {@code some}. */
  private static boolean isBelow(Objective some, Objective other) {
    boolean sameLabels = some.labelledImages().equals(other.labelledImages());
    return other.equals(Objective.ROTATION)
        || (some instanceof Objective.S4l && other instanceof Objective.Labels && sameLabels);
  }

  private static Claim better(Objective some, Objective other) {
    return new Claim(
        "few-labels/%s/%s".formatted(some, other),
        "Winning tickets from %s are better than those from %s".formatted(some, other),
        FEW_LABELS,
        lead(Arm.of(some, Evaluation.TICKET), Arm.of(other, Evaluation.TICKET)),
        Expectation.GAIN);
  }

  private static Claim natural() {
    return new Claim(
        "natural-sparsity/labels",
        "On CIFAR-10, training alone drives at least 80 % of the weights to zero",
        NATURAL,
        new Quantity.Zeros(Objective.LABELS),
        FOUR_FIFTHS);
  }

  private static Quantity.Lead lead(Arm first, Arm second) {
    return new Quantity.Lead(first, second, Span.SEVERE);
  }

  /** A claim about the lead of one arm over another at severe densities. */
  private static Claim severe(
      String name, String statement, Quantity.Lead lead, Expectation expected) {
    return new Claim(name, statement, RETRAINING, lead, expected);
  }
}
