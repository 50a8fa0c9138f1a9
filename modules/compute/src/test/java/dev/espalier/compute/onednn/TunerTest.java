package dev.espalier.compute.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.compute.network.Architecture;
import dev.espalier.compute.network.Architectures;
import dev.espalier.compute.network.Volume;
import dev.espalier.domain.study.KnownNetwork;
import dev.espalier.domain.study.Precision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TunerTest {
  private static final Architecture NETWORK =
      Architectures.of(KnownNetwork.RESNET8, new Volume(3, 32), 10);

  @Test
  void everyDirectionOfEveryShapeIsChosenOnce() {
    List<String> said = new ArrayList<>();
    Choices choices = new Tuner(2, Precision.FLOAT32, 1, said::add).tune(NETWORK);
    assertThat(choices.toString().lines())
        .hasSize(said.size())
        .hasSize(3 * 8 - 1) // of 3 + 2 + 2 + 1 shapes; nobody needs the gradient of the images
        .allSatisfy(line -> assertThat(line).startsWith("float32 ").contains(" = "));
    assertThat(Choices.parse(choices.toString(), "text").digest()).isEqualTo(choices.digest());
  }
}
