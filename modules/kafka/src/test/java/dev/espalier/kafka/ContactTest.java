package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContactTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration LOCK = Duration.ofSeconds(8);

  private Instant now = START;
  private final Contact contact = new Contact(new Sharing(LOCK, 5, 1_000), () -> now);

  @Test
  void answersInTimeMakeNoBreak() {
    for (int second = 1; second < 20; second++) {
      Instant asked = contact.now();
      pass(1);
      assertThat(contact.heard(asked)).isFalse();
      assertThat(contact.since()).isEqualTo(Instant.MIN);
    }
  }

  @Test
  void aBreakLastsUntilAQuestionIsAnsweredInTime() {
    Instant during = contact.now();
    pass(60);

    assertThat(contact.since()).as("nothing was heard").isEqualTo(now);
    assertThat(contact.heard(during)).isTrue();
    pass(1);
    assertThat(contact.since()).as("an old question was answered").isEqualTo(now);
    assertThat(contact.heard(contact.now())).isTrue();
    Instant over = now;
    pass(1);
    assertThat(contact.heard(contact.now())).isFalse();
    assertThat(contact.since()).isEqualTo(over);
  }

  @Test
  void questionsThatWaitTogetherDoNotBridgeABreak() {
    List<Instant> asked = new ArrayList<>();
    for (int question = 0; question < 20; question++) {
      asked.add(contact.now());
      pass(3);
    }

    assertThat(asked).allMatch(contact::heard);
    assertThat(contact.since()).isEqualTo(now);
  }

  @Test
  void aClockThatIsSetIsABreak() {
    for (int jump : new int[] {3600, -3600}) {
      pass(1);
      assertThat(contact.heard(contact.now())).isFalse();
      Instant before = contact.now();
      pass(jump);

      assertThat(contact.isDue()).as("set by %d s", jump).isTrue();
      assertThat(contact.since()).isEqualTo(now);
      assertThat(contact.heard(jump < 0 ? before : now)).isTrue();
      assertThat(contact.heard(now)).isEqualTo(jump < 0);
      Instant over = now;
      pass(1);
      assertThat(contact.heard(contact.now())).isFalse();
      assertThat(contact.since()).isEqualTo(over);
    }
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
