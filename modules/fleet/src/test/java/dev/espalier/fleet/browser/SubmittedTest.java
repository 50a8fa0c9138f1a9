package dev.espalier.fleet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.fleet.Role;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study's way from a text in the page to its end, with a whole fleet behind. */
class SubmittedTest {
  private static final String FILE =
      """
      name: from the page
      data: glyphs
      network: resnet8
      training: {epochs: 2}
      pruning: {rounds: 2}
      """;

  @Test
  void aStudyIsSubmittedAndMovesToItsEndWithoutAReload(@TempDir Path folder) {
    try (Browser browser = new Browser(folder);
        PageGateway gateway = PageGateway.start(folder, EnumSet.allOf(Role.class))) {
      browser.open(gateway.address());
      browser.run("window.same = true");
      browser.click("button.main");
      browser.find("#study-file").sendKeys("name: broken\nnetwrok: resnet8\n");
      browser.click("dialog button.main");
      browser.awaitWords("dialog .problem", "netwrok");

      browser.find("#study-file").clear();
      browser.find("#study-file").sendKeys(FILE);
      browser.click("dialog button.main");
      browser.awaitWords("h1", "from the page");
      browser.awaitWords(".heading .status", "running");
      browser.awaitWords(".curves", "samples");
      gateway.bench.release();

      browser.awaitWords(".heading .status", "completed");
      browser.await("points of the arms", () -> browser.words("main").contains("labels/ticket"));
      assertThat(browser.run("return window.same")).isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
      assertThat(gateway.troubles).isEmpty();
    }
  }
}
