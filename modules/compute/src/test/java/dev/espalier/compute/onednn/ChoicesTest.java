package dev.espalier.compute.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.compute.network.Volume;
import dev.espalier.domain.study.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoicesTest {
  private static final ConvolutionShape SHAPE =
      new ConvolutionShape(new Volume(16, 32), new Volume(32, 16), 3, 2, 1, 1);
  private static final Choices ONE =
      Choices.none().with(Precision.FLOAT32, Direction.BACKWARD_DATA, SHAPE, "jit:avx512_core");

  @Test
  void theTextOfATableIsRead() {
    String text = ONE.toString();
    assertThat(text)
        .isEqualTo(
            "float32 backward-data 16x32x32 to 32, kernel 3, stride 2, padding 1, groups 1"
                + " = jit:avx512_core\n");
    Choices read = Choices.parse("# measured\n\n" + text, "here");
    assertThat(read.of(Precision.FLOAT32, Direction.BACKWARD_DATA, SHAPE))
        .contains("jit:avx512_core");
    assertThat(read.digest()).isEqualTo(ONE.digest());
  }

  @Test
  void whatIsNotInTheTableIsLeftToOneDnn() {
    assertThat(ONE.of(Precision.BF16, Direction.BACKWARD_DATA, SHAPE)).isEmpty();
    assertThat(ONE.of(Precision.FLOAT32, Direction.FORWARD, SHAPE)).isEmpty();
  }

  @Test
  void theNewerOfTwoTablesHolds() {
    Choices newer =
        Choices.none().with(Precision.FLOAT32, Direction.BACKWARD_DATA, SHAPE, "brgconv");
    assertThat(ONE.and(newer).of(Precision.FLOAT32, Direction.BACKWARD_DATA, SHAPE))
        .contains("brgconv");
    assertThat(ONE.and(newer).digest()).isNotEqualTo(ONE.digest());
  }

  @Test
  void aLineThatIsNoEntryIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Choices.parse("# a\nfloat32 forward", "zen.choices"))
        .hasMessageContaining("'float32 forward' (zen.choices, line 2)");
  }

  @Test
  void aTableOfOnesOwnIsReadFromItsFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("own.choices"), ONE.toString());
    assertThat(Tables.own(file).digest()).isEqualTo(ONE.digest());
    assertThatThrownBy(() -> Tables.own(folder.resolve("none.choices")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.choices (ESPALIER_CHOICES)");
  }

  @Test
  void anEntryThatRepeatsAnotherIsRefused() {
    assertThatThrownBy(() -> Choices.parse(ONE.toString() + ONE, "zen.choices"))
        .hasMessageContaining("each once");
  }
}
