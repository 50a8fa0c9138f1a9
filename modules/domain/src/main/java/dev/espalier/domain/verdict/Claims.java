package dev.espalier.domain.verdict;

import dev.espalier.domain.study.DataSpec;
import dev.espalier.domain.study.Evaluation;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.study.Study;
import dev.espalier.domain.task.Arm;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The conclusions of Caron, Morcos, Bojanowski, Mairal and Joulin, "Pruning convolutional neural
 * networks with self-supervision" (2020), as far as they are about what a study trains on.
 */
final class Claims {
  private static final String FEATURES = "Caron et al. 2020, section 4.1, figure 1";
  private static final String RETRAINING = "Caron et al. 2020, section 4.2, figure 3";
  private static final String NATURAL = "Caron et al. 2020, figure 6";
  private static final Expectation FOUR_FIFTHS = new Expectation(0.8, Double.POSITIVE_INFINITY);

  private Claims() {}

  /** Those about {@code study}, in the order of the paper. */
  static List<Claim> about(Study study) {
    List<Objective> without = study.objectives().stream().filter(Claims::isWithoutLabels).toList();
    boolean labels = study.objectives().contains(Objective.LABELS);
    return Stream.of(
            without.stream().flatMap(Claims::features),
            labels ? ofLabels() : Stream.<Claim>of(),
            labels ? without.stream().flatMap(Claims::againstLabels) : Stream.<Claim>of(),
            without.stream().flatMap(Claims::tickets),
            isNaturallySparse(study) ? Stream.of(natural()) : Stream.<Claim>of())
        .flatMap(claims -> claims)
        .toList();
  }

  private static boolean isWithoutLabels(Objective objective) {
    return !objective.equals(Objective.LABELS);
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
        new Claim(
            "features-raised/" + found,
            "Moderate pruning even raises slightly what it reads off features from " + found,
            FEATURES,
            new Quantity.Gain(probe, Span.MODERATE),
            Expectation.GAIN),
        new Claim(
            "features-lost/" + found,
            "Features from %s are worse when less than 5 %% of the weights are left"
                .formatted(found),
            FEATURES,
            new Quantity.Gain(probe, Span.TWENTIETH),
            Expectation.CLEAR_LOSS));
  }

  private static Stream<Claim> ofLabels() {
    Arm ticket = Arm.of(Objective.LABELS, Evaluation.TICKET);
    Arm reinit = Arm.of(Objective.LABELS, Evaluation.REINIT);
    return Stream.of(
        severe(
            "ticket-wins/labels",
            "Masks from labels train better from their own rewound weights than from fresh ones",
            lead(ticket, reinit),
            Expectation.GAIN),
        severe(
            "above-random/labels",
            "Masks from labels train better than random ones",
            lead(reinit, Arm.RANDOM),
            Expectation.GAIN),
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

  private static Stream<Claim> tickets(Objective found) {
    Arm ticket = Arm.of(found, Evaluation.TICKET);
    Arm reinit = Arm.of(found, Evaluation.REINIT);
    return Stream.of(
        severe(
            "ticket-no-gain/" + found,
            "The rewound weights from %s are hardly better than fresh ones".formatted(found),
            lead(ticket, reinit),
            Expectation.NO_DIFFERENCE),
        severe(
            "above-random/" + found,
            "Masks from %s train better than random ones".formatted(found),
            lead(reinit, Arm.RANDOM),
            Expectation.GAIN),
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
