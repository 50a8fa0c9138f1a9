package dev.espalier.compute.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.domain.study.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  private static final Processor GENOA =
      Processor.told(
          List.of(
              "vendor_id\t: AuthenticAMD",
              "cpu family\t: 25",
              "flags\t\t: fpu avx512f avx512_bf16",
              "",
              "vendor_id\t: AuthenticAMD"));
  private static final Processor OLD =
      Processor.told(List.of("vendor_id : GenuineIntel", "cpu family : 6", "flags : fpu avx2"));

  @Test
  void itsOwnTableComesBeforeThatOfItsInstructions() {
    assertThat(GENOA.kinds()).containsExactly("authenticamd-25-avx512-bf16", "avx512-bf16");
    assertThat(OLD.kinds()).containsExactly("genuineintel-6-other", "other");
  }

  @Test
  void bf16WantsItsInstructions() {
    assertThatCode(() -> GENOA.require(Precision.BF16)).doesNotThrowAnyException();
    assertThatCode(() -> OLD.require(Precision.FLOAT32)).doesNotThrowAnyException();
    assertThatThrownBy(() -> OLD.require(Precision.BF16))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("avx512_bf16")
        .hasMessageContaining("genuineintel family 6");
  }

  @Test
  void anUnknownProcessorHasAnEmptyTable() {
    assertThat(Tables.shippedFor(OLD).isEmpty()).isTrue();
  }
}
