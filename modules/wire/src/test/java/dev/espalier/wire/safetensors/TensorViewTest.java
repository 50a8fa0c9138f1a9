package dev.espalier.wire.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorViewTest {
  private static final float[] FLOATS = {1, -0f, Float.NaN, 4, 5, 6};
  private static final byte[] BYTES = {7, -8, 9};
  private static final TensorFile FILE =
      TensorFile.of(
          List.of(
              Tensor.ofBytes("a", List.of(3), BYTES), Tensor.ofFloats("b", List.of(2, 3), FLOATS)),
          Map.of("step", "12"));

  @Test
  void aFileMadeInPlaceHasTheBytesOfOneThatIsCopied() {
    TensorLayout layout =
        TensorLayout.of(
            List.of(
                new TensorLayout.Part("a", DType.U8, List.of(3)),
                new TensorLayout.Part("b", DType.F32, List.of(2, 3))));
    byte[] head = layout.head(Map.of("step", "12"));
    byte[] bytes = Arrays.copyOf(head, head.length + (int) layout.bytes());
    MemorySegment data = MemorySegment.ofArray(bytes).asSlice(head.length);
    data.asSlice(layout.offset("a")).copyFrom(MemorySegment.ofArray(BYTES));
    MemorySegment.copy(
        FLOATS, 0, data, ValueLayout.JAVA_FLOAT_UNALIGNED, layout.offset("b"), FLOATS.length);

    assertThat(bytes).isEqualTo(FILE.bytes());
  }

  @Test
  void tensorsAreReadWhereTheyLie() {
    TensorView view = TensorView.parse(MemorySegment.ofArray(FILE.bytes()));

    assertThat(view.names()).containsExactlyInAnyOrder("a", "b");
    assertThat(view.metadata()).isEqualTo(Map.of("step", "12"));
    assertThat(view.bytes("a", DType.U8, List.of(3)).toArray(ValueLayout.JAVA_BYTE))
        .isEqualTo(BYTES);
    assertThat(view.bytes("b", DType.F32, List.of(2, 3)).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED))
        .isEqualTo(FLOATS);
  }

  @Test
  void aTensorOfAnotherNameTypeOrShapeIsRefused() {
    TensorView view = TensorView.parse(MemorySegment.ofArray(FILE.bytes()));

    assertThatThrownBy(() -> view.bytes("c", DType.U8, List.of(3)))
        .hasMessage("expected a tensor c, got none");
    assertThatThrownBy(() -> view.bytes("a", DType.I64, List.of(3)))
        .hasMessage("expected a of type I64 and shape [3], got U8 and [3]");
    assertThatThrownBy(() -> view.bytes("b", DType.F32, List.of(3, 2)))
        .hasMessage("expected b of type F32 and shape [3, 2], got F32 and [2, 3]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 20, 100})
  void aFileThatWasCutShortIsRefused(int length) {
    MemorySegment cut = MemorySegment.ofArray(Arrays.copyOf(FILE.bytes(), length));

    assertThatThrownBy(() -> TensorView.parse(cut)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTensorTwiceOrOutsideTheLayoutIsRefused() {
    TensorLayout.Part part = new TensorLayout.Part("a", DType.U8, List.of(3));

    assertThatThrownBy(() -> TensorLayout.of(List.of(part, part)))
        .hasMessageStartingWith("expected each tensor once");
    assertThatThrownBy(() -> TensorLayout.of(List.of(part)).offset("b"))
        .hasMessage("expected a tensor of the layout, got b");
  }
}
