package dev.espalier.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class AccuracyPlotTest {

  @Test
  void everyPointOfEveryCurveIsDrawn() throws Exception {
    Curve ticket = curve("labels/ticket", 0, 1.0, 0.8, 0.64);
    Curve random = curve("random", 2, 1.0, 0.8, 0.64);
    Document svg = parse(new Chart("a study", List.of(ticket, random), List.of()));

    assertThat(svg.getElementsByTagName("g").getLength()).isEqualTo(2);
    int inLegend = 1;
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3 + inLegend);
    assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(3 + inLegend);
  }

  @Test
  void equalRatiosOfDensityAreEqualDistances() {
    Axis.Density axis = new Axis.Density(0.25, 100, 300);

    assertThat(axis.at(1)).isEqualTo(100);
    assertThat(axis.at(0.5)).isEqualTo(200);
    assertThat(axis.at(0.25)).isEqualTo(300);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theAccuracyAxisHoldsEveryValueWithFewTicks(long seed) {
    double[] values = new Random(seed).doubles(5).toArray();

    Axis.Accuracy axis = Axis.Accuracy.over(values, 400, 50);

    assertThat(DoubleStream.of(values).map(axis::at))
        .as("seed %d", seed)
        .allMatch(pixel -> pixel >= 50 && pixel <= 400);
    assertThat(axis.ticks()).as("seed %d", seed).hasSizeBetween(2, 11);
  }

  @Test
  void labelsOfTheDensityAxisNeverTouch() {
    Axis.Density axis = new Axis.Density(Math.pow(0.8, 30), 90, 590);
    DoubleStream densities = IntStream.rangeClosed(0, 30).mapToDouble(n -> Math.pow(0.8, n));

    List<Double> ticks = axis.ticks(densities);

    assertThat(ticks).hasSizeGreaterThan(5);
    for (int i = 1; i < ticks.size(); i++) {
      assertThat(axis.at(ticks.get(i)) - axis.at(ticks.get(i - 1))).isGreaterThanOrEqualTo(46);
    }
  }

  @Test
  void aStudyWithoutFiguresStillDraws() throws Exception {
    Document svg = parse(new Chart("nothing yet", List.of(), List.of()));

    assertThat(svg.getElementsByTagName("g").getLength()).isZero();
  }

  @Test
  void namesAreText() throws Exception {
    Document svg = parse(new Chart("<script>&", List.of(), List.of()));

    Element title = (Element) svg.getElementsByTagName("title").item(0);
    assertThat(title.getTextContent()).isEqualTo("<script>&");
  }

  @Test
  void aDensityOfZeroHasNoPlaceOnALogarithmicAxis() {
    assertThatThrownBy(() -> new Point(0, 0.5, 0)).hasMessageContaining("density above 0");
  }

  private static Curve curve(String name, int colour, double... densities) {
    List<Point> points =
        DoubleStream.of(densities).mapToObj(d -> new Point(d, 0.5 + d / 4, 0.01)).toList();
    return new Curve(name, colour, 0, points);
  }

  private static Document parse(Chart chart) throws Exception {
    String svg = new AccuracyPlot(chart).svg();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
