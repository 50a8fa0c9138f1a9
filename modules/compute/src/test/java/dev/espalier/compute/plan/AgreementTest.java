package dev.espalier.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.compute.nd4j.Nd4jProvider;
import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.compute.onednn.OneDnnProvider;
import dev.espalier.compute.plan.Parameters.Buffer;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Network;
import dev.espalier.domain.study.Optimizer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds float32 plans to the float64 reference, by the relative error of each tensor. */
class AgreementTest {
  private static final double ROUNDING = 2e-5;

  /**
   * In a large network rounding carries some of its 10⁵ to 10⁶ values across the kink of max(0, x).
   * A gradient is a sum of as many terms of either sign, so each such value moves it by up to a
   * hundredth.
   */
  private static final double KINKS = 3e-2;

  private static final int CLASSES = 10;
  private static final Update UPDATE = Update.sgd(0.05, 0.9, false, 5e-4);

  static Stream<Arguments> smallNetworks() {
    return Stream.of(new OneDnnProvider(1), new OneDnnProvider(2), new Nd4jProvider())
        .flatMap(provider -> SmallNetworks.all().map(network -> Arguments.of(provider, network)));
  }

  @ParameterizedTest
  @MethodSource("smallNetworks")
  void everyLayerAgreesWithTheReferenceToRounding(Provider provider, Architecture network) {
    agrees(provider, network, 5, ROUNDING);
  }

  static Stream<Update> updates() {
    OptionalDouble any = OptionalDouble.empty();
    OptionalDouble small = OptionalDouble.of(0.1);
    Optimizer adam = new Optimizer.Adam(0.9, 0.999, 1e-2);
    Optimizer adamW = new Optimizer.AdamW(0.9, 0.999, 1e-2);
    Optimizer lars = new Optimizer.Lars(0.9, 1e-2, 1e-8);
    return Stream.of(
        new Update(new Optimizer.Sgd(0.9, true), 0.05, 5e-4, 1, small),
        new Update(adam, 1e-3, 1e-2, 3, any),
        new Update(adamW, 1e-3, 1e-1, 1, small),
        new Update(lars, 0.5, 1e-3, 1, any),
        new Update(lars, 0.5, 1e-3, 2, small));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void everyOptimizerAgreesWithTheReferenceToRounding(Update update) {
    agrees(new OneDnnProvider(2), SmallNetworks.all().toList().getLast(), 5, update, ROUNDING);
  }

  static Stream<Arguments> largeNetworks() {
    return Stream.of(
        Arguments.of(new OneDnnProvider(1), KnownNetwork.RESNET8, 16),
        Arguments.of(new OneDnnProvider(2), KnownNetwork.RESNET8, 16),
        Arguments.of(new OneDnnProvider(1), KnownNetwork.RESNET20, 6),
        Arguments.of(new Nd4jProvider(), KnownNetwork.RESNET8, 4));
  }

  @ParameterizedTest
  @MethodSource("largeNetworks")
  void wholeNetworksAgreeWithTheReference(Provider provider, Network network, int batch) {
    agrees(provider, Architectures.of(network, new Volume(3, 32), CLASSES), batch, KINKS);
  }

  private static void agrees(
      Provider provider, Architecture architecture, int batch, double tolerance) {
    agrees(provider, architecture, batch, UPDATE, tolerance);
  }

  private static void agrees(
      Provider provider, Architecture architecture, int batch, Update update, double tolerance) {
    try (Parameters parameters = Parameters.float32(architecture, update.optimizer());
        Parameters reference = Parameters.float64(architecture, update.optimizer());
        Plan plan = provider.compile(architecture, parameters, batch);
        Plan exact = new Nd4jProvider().compile(architecture, reference, batch)) {
      for (Parameters each : List.of(parameters, reference)) {
        Formula.weights(each, 1);
        Formula.mask(each, 2);
      }
      Formula.batch(plan, architecture.classes(), 3, 0.1);
      Formula.batch(exact, architecture.classes(), 3, 0.1);
      assertThat(plan.step(update)).isCloseTo(exact.step(update), within(1e-5));
      assertAgree(parameters, reference, tolerance);
      plan.evaluate();
      exact.evaluate();
      assertThat(Numbers.relativeError(plan.logits(), exact.logits())).isLessThan(1e-3);
      assertThat(Numbers.relativeError(plan.features(), exact.features())).isLessThan(1e-3);
    }
  }

  private static void assertAgree(Parameters came, Parameters expected, double tolerance) {
    for (Buffer buffer : came.buffers()) {
      if (buffer == Buffer.MASK || buffer == Buffer.STATISTICS) {
        continue;
      }
      assertAgree(came, expected, buffer, came.slots(), tolerance);
    }
    assertAgree(came, expected, Buffer.STATISTICS, came.statistics(), ROUNDING);
  }

  private static void assertAgree(
      Parameters came, Parameters expected, Buffer buffer, List<Slot> slots, double tolerance) {
    double[] all = came.doubles(buffer);
    double[] exact = expected.doubles(buffer);
    for (Slot slot : slots) {
      assertThat(Numbers.relativeError(all, exact, slot.offset(), slot.end()))
          .describedAs("%s of %s", buffer, slot.name())
          .isLessThan(tolerance);
    }
  }
}
