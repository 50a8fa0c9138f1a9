package dev.espalier.fleet.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.fleet.Samples;
import dev.espalier.kafka.Heard;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentTest {
  private static final Study STUDY = Samples.study(1, 1L);
  private static final Event EVENT =
      new StudyWished(Samples.START, Samples.NAMING.nameOf(STUDY), "a study", STUDY, Wish.RUN);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsKeptIsTheNewestAndNothingBehindAPlaceIsMissed(long seed) {
    Random random = new Random(seed);
    int most = 5 + random.nextInt(20);
    Recent recent = Recent.none(most);
    int written = 0;
    for (int turn = 0; turn < 50; turn++) {
      int fresh = random.nextInt(6);
      List<Heard> events =
          Boards.heard(IntStream.range(0, fresh).mapToObj(_ -> EVENT).toList(), written);
      written += fresh;
      recent = recent.plus(events, Boards.reached(written));
      int seen = random.nextInt(written + 1);
      var after = recent.after(Boards.reached(seen));

      assertThat(recent.end()).isEqualTo(Boards.reached(written));
      assertThat(after.isPresent()).isEqualTo(Boards.reached(seen).reaches(recent.begin()));
      if (after.isPresent()) {
        List<Long> places =
            after.get().stream()
                .flatMap(batch -> batch.events().stream())
                .map(heard -> heard.place().offset())
                .filter(offset -> offset >= seen)
                .toList();
        assertThat(places)
            .isEqualTo(IntStream.range(seen, written).mapToObj(Long::valueOf).toList());
      }
      long kept = recent.end().since(recent.begin());
      assertThat(kept).isLessThanOrEqualTo(Math.max(most, fresh));
    }
    assertThat(recent.begin()).isNotEqualTo(Boards.reached(0));
  }
}
