package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyMistakesTest {
  /** In {@link StudyFileTest#FULL}, {@code line} is replaced by {@code with}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          learningRate: 0.1  | learning_rate: 0.1   | line 10: unknown key "learning_rate" in training; did you mean learningRate?
          seeds: [1, 2, 3]   | seed: [1]            | line 4: unknown key "seed"; did you mean seeds?
          precision: float32 | colour: red          | line 18: unknown key "colour"; expected one of name, data, network,
          network: resnet8   | network: resnet9     | line 3: network: expected one of resnet8, resnet20, resnet32, resnet44,
          network: resnet8   | network: [resnet8]   | line 3: network: expected one of resnet8, resnet20, resnet32, resnet44,
          network: resnet8   | '#'                  | line 1: expected the key network, got none
          '  epochs: 4'      | '#'                  | line 6: expected the key epochs in training, got none
          batch: 64          | batch: 0             | line 8: training.batch: expected at least 1, got 0
          batch: 64          | batch: 6.5           | line 8: training.batch: expected a whole number, got 6.5
          batch: 64          | batch: 1e2           | line 8: expected a whole number, got 100.0
          batch: 64          | batch: "64"          | line 8: training.batch: expected a whole number, got "64"
          batch: 64          | batch: 064           | line 8: training.batch: expected a whole number, got "064"
          batch: 64          | batch: 0x40          | line 8: training.batch: expected a whole number, got "0x40"
          batch: 64          | batch: 1:04          | line 8: training.batch: expected a whole number, got "1:04"
          batch: 64          | batch: 99999999999   | line 8: training.batch: expected at most 2147483647, got 99999999999
          batch: 64          | batch: 2001          | line 8: training.batch: expected at most the 2000 images of data.train, got 2001
          batch: 64          | batch:               | line 8: expected a value, got nothing
          batch: 64          | batch: ~             | line 8: expected a value, got nothing
          gamma: 0.2         | gamma: 1.5           | line 12: training.gamma: expected at most 1, got 1.5
          gamma: 0.2         | gamma: .nan          | line 12: training.gamma: expected a number, got ".nan"
          gamma: 0.2         | batch: 32            | line 12: expected each key once, got batch again
          gamma: 0.2         | gamma: &g 0.2        | line 12: expected the value itself, got the anchor &g
          gamma: 0.2         | gamma: !x 0.2        | line 12: expected no tag, got !x
          gamma: 0.2         | ? [a]                | line 12: expected text as a key
          learningRate: 0.1  | learningRate: 0      | line 10: training.learningRate: expected more than 0, got 0
          [2ep, 93it]        | [2ep, 3]             | line 11: training.milestones[1]: expected text, got 3
          [2ep, 93it]        | [2ep, 3 epochs]      | line 11: training.milestones[1]: expected text such as 1ep or 500it or 40000im, got "3 epochs"
          [2ep, 93it]        | [5ep]                | line 11: training.milestones[0]: expected a point within the training's 4ep, got 5ep
          [2ep, 93it]        | [125it]              | line 11: training.milestones[0]: expected a point within the training's 4ep, got 125it
          [2ep, 93it]        | [7937im]             | line 11: training.milestones[0]: expected a point within the training's 4ep, got 7937im
          [2ep, 93it]        | [90it, 5760im]       | line 11: training.milestones[1]: expected a point after 90it, got 5760im
          [2ep, 93it]        | [65im, 128im]        | line 11: training.milestones[1]: expected a point after 65im, got 128im
          [2ep, 93it]        | [2ep, 62it]          | line 11: training.milestones[1]: expected a point after 2ep, got 62it
          [2ep, 93it]        | [3ep, 3ep]           | line 11: training.milestones[1]: expected a point after 3ep, got 3ep
          warmUp: 50it       | warmUp: 9ep          | line 14: training.warmUp: expected a point within the training's 4ep, got 9ep
          rewind: 1ep        | rewind: 6ep          | line 16: pruning.rewind: expected a point before the training's end at 4ep, got 6ep
          rewind: 1ep        | rewind: 7873im       | line 16: pruning.rewind: expected a point before the training's end at 4ep, got 7873im
          rewind: 1ep        | rewind: 1000smp      | line 16: pruning.rewind: expected text such as 1ep or 500it or 40000im, got "1000smp"
          rounds: 3          | rounds: 3, schedule: cubic | line 16: pruning.schedule: expected at least 100 steps to cut in, got those from 50 to 93
          precision: float32 | budget: {}           | line 18: budget: expected at least 1 key
          precision: float32 | budget: {hours: 3}   | line 18: unknown key "hours" in budget; expected one of deadline, workerSeconds, tasks
          precision: float32 | budget: {tasks: 0}   | line 18: budget.tasks: expected at least 1, got 0
          precision: float32 | 'budget: {workerSeconds: 0}' | line 18: budget.workerSeconds: expected more than 0, got 0
          precision: float32 | 'budget: {deadline: soon}' | line 18: budget.deadline: expected text such as 90m or 36h or 7d or 2026-12-01T08:00:00Z, got "soon"
          precision: float32 | 'budget: {deadline: 0s}' | line 18: expected a deadline at least a second after the submission, got PT0S
          precision: float32 | 'budget: {deadline: 2026-13-01T08:00:00Z}' | line 18: expected a deadline such as 90m, 36h, 7d or 2026-12-01T08:00:00Z, got "2026-13-01T08:00:00Z"
          rounds: 3          | rounds: 65           | line 16: pruning.rounds: expected at most 64, got 65
          rewind: 1ep        | pattern: 2 of 4      | line 16: pruning.pattern: expected text such as unstructured or 2:4 or filters or channels/l1 or 4x4, got "2 of 4"
          rewind: 1ep        | pattern: 4:2         | line 16: expected a pattern n:m with 1 to m - 1 of at most 64 weights, got 4:2
          rewind: 1ep        | pattern: 4x2         | line 16: expected a pattern such as unstructured, 2:4, filters, channels/l1 or 4x4, got "4x2"
          rewind: 1ep        | pattern: 2:4         | line 16: expected the fraction 0.5, which is what the pattern 2:4 removes, got 0.25
          fraction: 0.25     | fraction: 1          | line 16: pruning.fraction: expected less than 1, got 1
          flip: false        | flip: off            | line 15: training.augmentation.flip: expected true or false, got "off"
          crop: 2            | grayscale: 0         | line 15: training.augmentation.grayscale: expected more than 0, got 0
          crop: 2            | blur: {sigma: [2]}   | line 15: training.augmentation.blur.sigma: expected at least 2 entries, got [2]
          crop: 2            | blur: {sigma: [2, 1]} | line 15: expected a range from its least to its greatest number, got 2.0 to 1.0
          crop: 2            | blur: {sigma: [0, 1]} | line 15: expected a sigma above 0, got 0.0 to 1.0
          crop: 2            | jitter: {}           | line 15: expected a jitter of some strength, got none
          crop: 2            | jitter: {hue: 0.6}   | line 15: training.augmentation.jitter.hue: expected at most 0.5, got 0.6
          crop: 2            | normalisation: imagnet | line 15: training.augmentation.normalisation: expected one of imagenet, got "imagnet"; did you mean imagenet?
          crop: 2            | normalisation: {means: [0, 0], deviations: [1, 1]} | line 15: expected 1 or 3 means and as many deviations above 0, got [0.0, 0.0] and [1.0, 1.0]
          flip: false        | flip: no             | line 15: training.augmentation.flip: expected true or false, got "no"
          momentum: 0.9      | momentum: 0          | line 9: expected a momentum above 0 with nesterov, got 0
          name: sgd          | name: adam           | line 9: unknown key "momentum" in training.optimizer; expected one of name, beta1, beta2, epsilon
          name: sgd          | name: adan           | line 9: training.optimizer.name: expected one of sgd, adam, adamw, lars, got "adan"; did you mean adam?
          momentum: 0.9      | beta1: 0.9           | line 9: unknown key "beta1" in training.optimizer; expected one of name, momentum, nesterov
          gamma: 0.2         | schedule: cosine     | line 6: expected no milestones with the schedule cosine, got [2ep, 93it]
          gamma: 0.2         | schedule: linear     | line 12: training.schedule: expected one of step, cosine, constant, got "linear"
          gamma: 0.2         | labelSmoothing: 1.5  | line 12: training.labelSmoothing: expected at most 1, got 1.5
          gamma: 0.2         | clipNorm: 0          | line 12: training.clipNorm: expected more than 0, got 0
          precision: float32 | precision: fp16      | line 18: precision: expected one of float32, bf16, got "fp16"
          [labels, rotation] | [labels, labels]     | line 5: objectives: expected each entry once, got ["labels","labels"]
          [labels, rotation] | [lables]             | line 5: objectives[0]: expected one of labels, rotation, exemplar, npid, s4l, simclr, swav, got "lables"; did you mean labels?
          [labels, rotation] | []                   | line 5: objectives: expected at least 1 entry, got []
          [labels, rotation] | labels               | line 5: objectives: expected a list, got "labels"
          [1, 2, 3]          | [9007199254740992]   | line 4: seeds[0]: expected at most 9007199254740991, got 9007199254740992
          name: glyphs       | name: mnist          | line 2: data.name: expected one of cifar10, cifar100, idx, folder, glyphs, got "mnist"
          train: 2000        | size: 64             | line 2: expected a size or resize of folder data alone, got one of glyphs
          train: 2000        | size: 4              | line 2: data.size: expected at least 8, got 4
          train: 2000        | train: -1            | line 2: data.train: expected at least 1, got -1
          name: quickstart   | name: 7              | line 1: name: expected text, got 7
          name: quickstart   | name: ""             | line 1: name: expected at least 1 character, got ""
          name: quickstart   | name: "a\\x07"       | line 1: name: expected text such as quickstart, got "a\\u0007"
          name: quickstart   | name: " "            | line 1: expected a name of 1 to 100 printable characters
          """)
  void aMistakeIsNamedWithItsLine(String line, String with, String message) {
    String broken = StudyFileTest.FULL.replace(line, with);

    assertThatThrownBy(() -> StudyFile.parse(broken, "x.yaml"))
        .isInstanceOf(InvalidStudyException.class)
        .hasMessageStartingWith("x.yaml, " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                    | line 1: expected keys with values, got an empty file
          '# nothing'           | line 1: expected keys with values, got an empty file
          '- a'                 | line 1: expected keys with values, got ["a"]
          'a: [1'               | expected YAML: while parsing a flow sequence, expected ',' or ']'
          'a: 1\n\tb: 2'        | line 2: expected YAML: while scanning for the next token, found character '\\t(TAB)' that cannot start any token
          'a: *b'               | line 1: expected YAML: found undefined alias b
          'a: 1\n---\nb: 2'     | line 2: expected YAML: expected a single document in the stream, but found another document
          """)
  void whatIsNoYamlIsRefused(String yaml, String message) {
    assertThatThrownBy(
            () -> StudyFile.parse(yaml.replace("\\n", "\n").replace("\\t", "\t"), "x.yaml"))
        .isInstanceOf(InvalidStudyException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anAliasBombIsRefusedAtOnce() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }

    assertThatThrownBy(() -> StudyFile.parse(bomb.toString(), "x.yaml"))
        .hasMessageStartingWith(
            "x.yaml, line 1: expected YAML: Number of aliases for non-scalar nodes exceeds");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverIsDamagedIsTakenOrRefused(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String alphabet = "{}[]\",:019.-eE \n\t#&*!|>%@`~?'ytrue\u0000\uFEFF";
    for (int i = 0; i < 300; i++) {
      StringBuilder damaged = new StringBuilder(StudyFileTest.FULL);
      for (int j = 0; j <= random.nextInt(3); j++) {
        char letter = alphabet.charAt(random.nextInt(alphabet.length()));
        damaged.setCharAt(random.nextInt(damaged.length()), letter);
      }
      try {
        assertThat(StudyFile.parse(damaged.toString(), "x.yaml").name()).isNotBlank();
      } catch (InvalidStudyException e) {
        assertThat(e).hasMessageStartingWith("x.yaml, line ");
      }
    }
  }

  @Test
  void everyMistakeIsNamedInTheOrderOfTheLines() {
    String broken =
        StudyFileTest.FULL.replace("gamma: 0.2", "gamma: 2").replace("[ticket]", "[tickets]");

    assertThatThrownBy(() -> StudyFile.parse(broken, "x.yaml"))
        .hasMessage(
            """
            x.yaml, line 12: training.gamma: expected at most 1, got 2
            x.yaml, line 17: evaluations[0]: expected one of ticket, reinit, random, adjusted, shuffled, probe, knn, svm, finetune, instability, got "tickets"; did you mean ticket?\
            """);
  }
}
