package dev.espalier.compute.train;

import dev.espalier.compute.feed.Batch;
import dev.espalier.compute.feed.Feed;
import dev.espalier.compute.objective.ViewExam;
import dev.espalier.compute.plan.Plan;
import dev.espalier.domain.study.Objective;
import dev.espalier.domain.task.Score;
import java.nio.FloatBuffer;
import java.util.OptionalDouble;

/** Measures a network on all test images, in evaluation mode. */
public final class Exam {
  private static final int LIKELIEST = 5;

  private long inputs;
  private long right;
  private long amongFive;
  private double loss;

  private Exam() {}

  /** The score of {@code plan}'s network in {@code lesson}. */
  public static Score of(Lesson lesson, Plan plan) {
    if (lesson.comparesViews()) {
      return ofViews(lesson, plan);
    }
    Exam exam = new Exam();
    int answers = lesson.objective() instanceof Objective.S4l ? lesson.classes() : lesson.answers();
    try (Feed feed = lesson.tests()) {
      for (int batch = 0; batch < lesson.testBatches(); batch++) {
        int[] expected = feed.next(inputs -> show(inputs, plan));
        plan.evaluate();
        exam.mark(plan.logits(), expected, answers, plan.logits().limit() / plan.batch());
      }
    }
    return exam.score(answers);
  }

  private static Score ofViews(Lesson lesson, Plan plan) {
    ViewExam exam = new ViewExam(lesson.loss().orElseThrow(), lesson.answers());
    try (Feed feed = lesson.tests()) {
      for (int batch = 0; batch < lesson.testBatches(); batch++) {
        int[] images = feed.next(inputs -> show(inputs, plan));
        plan.evaluate();
        exam.mark(plan.logits(), images);
      }
    }
    return new Score(exam.accuracy(), exam.loss());
  }

  private static int[] show(Batch inputs, Plan plan) {
    inputs.copyTo(plan.images());
    return inputs.answers();
  }

  private Score score(int answers) {
    OptionalDouble top5 =
        answers > Score.FEW
            ? OptionalDouble.of((double) amongFive / inputs)
            : OptionalDouble.empty();
    return new Score((double) right / inputs, loss / inputs, top5);
  }

  private void mark(FloatBuffer logits, int[] answers, int classes, int width) {
    for (int i = 0; i < answers.length; i++) {
      markOne(logits, i * width, classes, answers[i]);
    }
    inputs += answers.length;
  }

  private void markOne(FloatBuffer logits, int offset, int classes, int answer) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = logits.get(offset + c) > logits.get(offset + best) ? c : best;
    }
    double most = logits.get(offset + best);
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(logits.get(offset + c) - most);
    }
    right += best == answer ? 1 : 0;
    amongFive += likelier(logits, offset, classes, answer) < LIKELIEST ? 1 : 0;
    loss += most + Math.log(sum) - logits.get(offset + answer);
  }

  /** How many answers come before {@code answer}: of equal ones, those of lower number do. */
  private static int likelier(FloatBuffer logits, int offset, int classes, int answer) {
    float own = logits.get(offset + answer);
    int before = 0;
    for (int c = 0; c < classes; c++) {
      float other = logits.get(offset + c);
      before += other > own || (other == own && c < answer) ? 1 : 0;
    }
    return before;
  }
}
