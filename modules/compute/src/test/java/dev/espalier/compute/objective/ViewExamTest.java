package dev.espalier.compute.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class ViewExamTest {
  @Test
  void aViewIsRightWhenItsNearestIsOfTheSameImage() {
    ViewExam exam = new ViewExam(new NtXent(2, 0.5), 2);
    // The last view lies nearer to the first image than to its partner.
    exam.mark(FloatBuffer.wrap(new float[] {1, 0, 9, 1, 0, 3, 5, 1}), new int[] {4, 4, 7, 7});

    assertThat(exam.views()).isEqualTo(4);
    assertThat(exam.accuracy()).isEqualTo(0.5);
  }

  @Test
  void batchesCountByTheirViews() {
    NtXent loss = new NtXent(2, 0.5);
    ViewExam exam = new ViewExam(loss, 2);
    double[] outputs = {1, 0, 2, 1, 0, 1, 1, 1};
    exam.mark(FloatBuffer.wrap(new float[] {1, 0, 2, 1, 0, 1, 1, 1}), new int[] {0, 0, 1, 1});
    exam.mark(FloatBuffer.wrap(new float[] {1, 0, 0, 1, 7, 7, 7, 7}), new int[] {2, 2});

    double first = loss.run(outputs, new double[8]);
    assertThat(exam.loss()).isCloseTo(first * 4 / 6, within(1e-12));
  }

  @Test
  void ofInstanceDiscriminationThePairsAreMeasured() {
    InstanceDiscrimination.Settings settings = new InstanceDiscrimination.Settings(2, 0.5, 3);
    ViewExam exam = new ViewExam(new InstanceDiscrimination(settings, 4, 1), 2);
    ViewExam pairs = new ViewExam(new NtXent(2, 0.5), 2);
    FloatBuffer outputs = FloatBuffer.wrap(new float[] {1, 0, 2, 1, 0, 1, 1, 1});
    exam.mark(outputs, new int[] {8, 8, 9, 9});
    pairs.mark(outputs, new int[] {8, 8, 9, 9});

    assertThat(exam.loss()).isEqualTo(pairs.loss());
  }
}
