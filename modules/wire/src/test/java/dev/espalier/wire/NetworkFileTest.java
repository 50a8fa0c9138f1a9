package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.study.Join;
import dev.espalier.domain.study.OwnNetwork;
import dev.espalier.domain.study.Step;
import dev.espalier.domain.study.Study;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileTest {
  private static final String STUDY =
      """
      data: glyphs
      network: nets/tiny.yaml
      training: {epochs: 4}
      pruning: {rounds: 3}
      """;
  private static final String NETWORK =
      """
      layers:
        - conv: {channels: 8}
        - batchnorm
        - relu
        - residual:
            main: [{conv: {channels: 8, name: inner}}]
        - branch: {paths: [[maxpool: 2], [{avgpool: 4}]], join: concat}
        - dropout: 0.5
        - dense: 32
      """;
  private static final Optional<String> UNNAMED = Optional.empty();

  private static Study study(String network) {
    return StudyFile.parse(
            STUDY,
            "s.yaml",
            file -> file.equals("nets/tiny.yaml") ? Optional.of(network) : Optional.empty())
        .study();
  }

  @Test
  void wordsPlainValuesAndWhatIsLeftOutAreWrittenOut() {
    Step inner = new Step.Convolution(8, 3, 1, OptionalInt.empty(), 1, false, Optional.of("inner"));
    assertThat(study(NETWORK).network())
        .isEqualTo(
            new OwnNetwork(
                "tiny",
                List.of(
                    new Step.Convolution(8, 3, 1, OptionalInt.empty(), 1, false, UNNAMED),
                    new Step.BatchNorm(UNNAMED),
                    new Step.Relu(UNNAMED),
                    new Step.Residual(List.of(inner), List.of(), UNNAMED),
                    new Step.Branch(
                        List.of(
                            List.of(new Step.MaxPool(2, OptionalInt.empty(), 0, UNNAMED)),
                            List.of(new Step.AveragePool(4, UNNAMED))),
                        Join.CONCAT,
                        UNNAMED),
                    new Step.Dropout(0.5, UNNAMED),
                    new Step.Dense(32, UNNAMED))));
  }

  @Test
  void aStudyIsNamedByItsNetworksContentNotByHowItIsWritten() {
    String longer =
        NETWORK
            .replace("- batchnorm", "- batchnorm: {}")
            .replace("{channels: 8}", "{channels: 8, kernel: 3, bias: false}")
            .replace("- dense: 32", "- dense: {channels: 32}");
    CanonicalNaming naming = new CanonicalNaming();

    assertThat(naming.nameOf(study(longer))).isEqualTo(naming.nameOf(study(NETWORK)));
    assertThat(naming.nameOf(study(NETWORK.replace("- relu", "- relu6"))))
        .isNotEqualTo(naming.nameOf(study(NETWORK)));
  }

  @Test
  void theDescriptionIsAPartOfTheStudy() {
    Study study = study(NETWORK);
    byte[] json = Json.write(study);

    assertThat(Json.read(json, Study.class)).isEqualTo(study);
    assertThat(StudyFile.parse(new String(json, StandardCharsets.UTF_8), "x.json").study())
        .isEqualTo(study);
  }

  @Test
  void theExampleIsANetwork() throws IOException {
    String example = Files.readString(Path.of("../../src/examples/networks/branches.yaml"));

    assertThat(((OwnNetwork) study(example).network()).layers()).hasSizeGreaterThan(8);
  }

  @Test
  void aFileThatIsNotThereIsNamedWithTheLineThatNamesIt() {
    assertThatThrownBy(() -> StudyFile.parse(STUDY, "s.yaml"))
        .isInstanceOf(InvalidStudyException.class)
        .hasMessage(
            "s.yaml, line 2: network: expected a file that can be read, got nets/tiny.yaml");
  }

  /** In {@link #NETWORK}, {@code line} is replaced by {@code with}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          - batchnorm         | - batchnrm             | line 3: layers[1]: expected one of batchnorm, relu, relu6, avgpool, got "batchnrm"; did you mean batchnorm?
          - batchnorm         | - 7                    | line 3: layers[1]: expected one of batchnorm, relu, relu6, avgpool, got 7
          {channels: 8}       | {chanels: 8}           | line 2: expected the key channels in layers[0].conv, got none
          {channels: 8}       | {kernel: 3}            | line 2: expected the key channels in layers[0].conv, got none
          {channels: 8}       | {channels: 0}          | line 2: layers[0].conv.channels: expected at least 1, got 0
          - conv:             | - cov:                 | line 2: unknown key "cov" in layers[0]; did you mean conv?
          - dropout: 0.5      | - dropout: 1           | line 8: layers[5].dropout: expected less than 1, got 1
          - dropout: 0.5      | - {relu: {}, relu6: {}} | line 8: layers[5]: expected at most 1 key
          name: inner         | name: a.b              | line 6: layers[3].residual.main[0].conv.name: expected text such as conv1, got "a.b"
          [{avgpool: 4}]      | {avgpool: 4}           | line 7: layers[4].branch.paths[1]: expected a list, got {"avgpool":4}
          join: concat        | join: product          | line 7: layers[4].branch.join: expected one of sum, concat, got "product"
          'layers:'           | 'steps:'               | line 1: expected the key layers, got none
          """)
  void aMistakeIsNamedWithItsLine(String line, String with, String message) {
    assertThatThrownBy(() -> study(NETWORK.replace(line, with)))
        .isInstanceOf(InvalidStudyException.class)
        .hasMessageStartingWith("nets/tiny.yaml, " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "layers: []", "- relu"})
  void whatIsNoDescriptionIsRefused(String network) {
    assertThatThrownBy(() -> study(network))
        .isInstanceOf(InvalidStudyException.class)
        .hasMessageStartingWith("nets/tiny.yaml, line 1: ")
        .hasMessageContaining("expected");
  }
}
