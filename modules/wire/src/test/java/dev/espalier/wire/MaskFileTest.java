package dev.espalier.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import dev.espalier.wire.safetensors.DType;
import dev.espalier.wire.safetensors.Tensor;
import dev.espalier.wire.safetensors.TensorFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskFileTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenIsRead(long seed) {
    Mask mask = new Samples(seed).mask();

    assertThat(MaskFile.read(MaskFile.write(mask, Map.of("round", "1")))).isEqualTo(mask);
  }

  @Test
  void namesShapesAndValuesArePyTorchs() {
    boolean[] kept = {true, false, false, true};
    Mask mask = Mask.of(List.of(TensorMask.of("layer1.0.conv1.weight", List.of(2, 2), kept)));

    TensorFile file = TensorFile.parse(MaskFile.write(mask, Map.of("objective", "labels")));

    Tensor tensor = file.tensor("layer1.0.conv1.weight").orElseThrow();
    assertThat(tensor.dtype()).isEqualTo(DType.U8);
    assertThat(tensor.shape()).containsExactly(2, 2);
    assertThat(tensor.bytes()).containsExactly(1, 0, 0, 1);
    assertThat(file.metadata())
        .containsEntry("digest", mask.digest().toString())
        .containsEntry("objective", "labels")
        .containsEntry("format", "espalier.mask.v1");
  }

  @Test
  void aMaskFromElsewhereNeedsNoMetadata() {
    Tensor tensor = Tensor.ofBytes("w", List.of(3), new byte[] {1, 0, 1});

    Mask mask = MaskFile.read(TensorFile.of(List.of(tensor), Map.of()).bytes());

    assertThat(mask.tensor("w").orElseThrow().kept().kept()).isEqualTo(2);
  }

  @Test
  void whatIsNoMaskIsRefused() {
    refused(Tensor.ofBytes("w", List.of(1), new byte[] {2}), "expected 0 or 1 in the mask of w");
    refused(Tensor.ofFloats("w", List.of(1), new float[] {1}), "expected U8 values in w, got F32");
  }

  @Test
  void aMaskThatIsNotTheOneNamedIsRefused() {
    Map<String, String> metadata = Map.of("digest", Digest.of(new byte[0]).toString());
    byte[] file =
        TensorFile.of(List.of(Tensor.ofBytes("w", List.of(1), new byte[1])), metadata).bytes();

    assertThatThrownBy(() -> MaskFile.read(file)).hasMessageContaining("that the file names");
  }

  private static void refused(Tensor tensor, String reason) {
    byte[] file = TensorFile.of(List.of(tensor), Map.of()).bytes();
    assertThatThrownBy(() -> MaskFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
