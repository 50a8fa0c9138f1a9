package dev.espalier.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Table TABLE =
      new Table(List.of("arm", "100 %"), List.of(List.of("labels/ticket", "91.20 ± 0.40")));

  @Test
  void columnsAreAlignedOnTheTerminal() {
    assertThat(TABLE.forTerminal())
        .isEqualTo(
            """
            arm                   100 %
            ───────────────────────────
            labels/ticket  91.20 ± 0.40
            """);
  }

  @Test
  void markdownSetsFiguresRight() {
    assertThat(TABLE.forMarkdown())
        .isEqualTo(
            """
            | arm | 100 % |
            | --- | ---: |
            | labels/ticket | 91.20 ± 0.40 |
            """);
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new Table(List.of("arm", "100 %"), List.of(List.of("random"))))
        .hasMessage("expected 2 cells a row, got [random]");
  }
}
