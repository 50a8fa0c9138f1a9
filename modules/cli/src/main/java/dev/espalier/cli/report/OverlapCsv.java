package dev.espalier.cli.report;

import dev.espalier.domain.report.MaskOverlap;
import dev.espalier.domain.report.MaskOverlap.Agreement;
import dev.espalier.domain.report.Pair;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Overlaps of masks as comma-separated values, a row a pair and tensor; {@code all} is the whole
 * network. No value needs quotes.
 */
final class OverlapCsv {
  private static final String HEADER =
      "first,second,seeds,level,density,tensor,iou,standardError,pairs,chance,chanceByTensor\n";

  private OverlapCsv() {}

  static String of(List<MaskOverlap> overlaps) {
    return overlaps.stream()
        .flatMap(
            overlap ->
                Stream.concat(Stream.of(overlap.all()), overlap.tensors().stream())
                    .map(agreement -> row(overlap, agreement)))
        .collect(Collectors.joining("", HEADER, ""));
  }

  private static String row(MaskOverlap overlap, Agreement agreement) {
    return String.join(
            ",",
            Pair.nameOf(overlap.pair().first()),
            Pair.nameOf(overlap.pair().second()),
            overlap.pair().isAcrossSeeds() ? "different" : "same",
            Integer.toString(overlap.level()),
            fraction(overlap.density()),
            agreement.name(),
            fraction(agreement.iou().mean()),
            agreement.iou().standardError().stream()
                .mapToObj(OverlapCsv::fraction)
                .collect(Collectors.joining()),
            Integer.toString(agreement.iou().count()),
            fraction(agreement.chance()),
            fraction(agreement.chanceByTensor()))
        + "\n";
  }

  private static String fraction(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
