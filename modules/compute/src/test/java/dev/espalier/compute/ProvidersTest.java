package dev.espalier.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ProvidersTest {
  @Test
  void theDefaultProviderIsOneDnn() {
    assertThat(Providers.named(Providers.DEFAULT, 1).name()).isEqualTo("onednn");
  }

  @Test
  void anUnknownProviderIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Providers.named("cudnn", 1))
        .withMessage("expected provider onednn or nd4j, got cudnn");
  }

  @Test
  void anotherSystemIsToldWhatIsMissing() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Providers.requireLinuxX64("Mac OS X", "aarch64"))
        .withMessageContaining("expected Linux on x86-64")
        .withMessageContaining("Mac OS X on aarch64");
  }
}
