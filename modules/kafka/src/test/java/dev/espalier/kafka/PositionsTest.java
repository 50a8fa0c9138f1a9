package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PositionsTest {
  private static final List<Topic> TOPICS = List.of(Topic.STUDIES, Topic.ATTEMPTS, Topic.METRICS);

  private static Positions random(Random random) {
    List<Place> places = new ArrayList<>();
    for (Topic topic : TOPICS) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        places.add(new Place(topic, partition, random.nextInt(10)));
      }
    }
    Collections.shuffle(places, random);
    return Positions.of("kV3x9aBc", places);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsWrittenIsReadByWhoReadsTheSameTopics(long seed) {
    Random random = new Random(seed);
    Positions positions = random(random);

    assertThat(random(random).parse(positions.toString())).hasValue(positions);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theFurthestOfTwoIsTheLeastThatReachesBoth(long seed) {
    Random random = new Random(seed);
    Positions one = random(random);
    Positions other = random(random);
    Positions furthest = one.furthest(other);

    assertThat(furthest.reaches(one) && furthest.reaches(other)).isTrue();
    assertThat(furthest).isEqualTo(other.furthest(one)).isEqualTo(furthest.furthest(one));
    assertThat(one.reaches(other)).isEqualTo(furthest.equals(one));
    assertThat(furthest.since(one) == 0).isEqualTo(one.reaches(other));
    for (Topic topic : TOPICS) {
      for (int offset = 0; offset < 10; offset++) {
        Place place = new Place(topic, 0, offset);
        assertThat(furthest.includes(place))
            .isEqualTo(one.includes(place) || other.includes(place));
      }
    }
  }

  @Test
  void theTextIsShortAndStaysTheSame() {
    Positions positions =
        Positions.of(
            "kV3x9aBc",
            List.of(
                new Place(Topic.ATTEMPTS, 1, 5),
                new Place(Topic.ATTEMPTS, 0, 1),
                new Place(Topic.STUDIES, 0, 3)));

    assertThat(positions).hasToString("kV3x9aBc:3:1,5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "kV3x9aBc",
        "another:3:1,5",
        "kV3x9aBc:3",
        "kV3x9aBc:3:1",
        "kV3x9aBc:3:1,5,6",
        "kV3x9aBc:3:1,-5",
        "kV3x9aBc:3:1,99999999999999999999",
        "kV3x9aBc:3:1,5:7",
        "kV3x9aBc:3:1,x"
      })
  void whatIsNoPositionOfTheLogIsNone(String text) {
    Positions like =
        Positions.of(
            "kV3x9aBc",
            List.of(
                new Place(Topic.STUDIES, 0, 3),
                new Place(Topic.ATTEMPTS, 0, 1),
                new Place(Topic.ATTEMPTS, 1, 5)));

    assertThat(like.parse(text)).isEmpty();
    assertThat(like.parse("kV3x9aBc:3:1,5")).hasValue(like);
  }
}
