package dev.espalier.fleet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.fleet.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** Whether everybody can read the page and get everywhere on it, by keys too. */
class PageAccessTest {
  private static final String AXE =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations
          .filter(({impact}) => impact === 'serious' || impact === 'critical')
          .map(({id, help, nodes}) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + ' ' + node.failureSummary).join(' | ')}`)
          .join('\\n')));
      """;

  @TempDir private static Path folder;
  private static Optional<Browser> opened = Optional.empty();
  private static Optional<PageGateway> served = Optional.empty();
  private static Optional<Showcase> shown = Optional.empty();

  @BeforeAll
  static void open() throws ExecutionException, InterruptedException {
    opened = Optional.of(new Browser(folder));
    served = Optional.of(PageGateway.start(folder, Set.of(Role.GATEWAY)));
    shown = Optional.of(Showcase.on(gateway()));
  }

  @AfterAll
  static void close() {
    opened.ifPresent(Browser::close);
    served.ifPresent(PageGateway::close);
  }

  private static Browser browser() {
    return opened.orElseThrow();
  }

  private static PageGateway gateway() {
    return served.orElseThrow();
  }

  @AfterEach
  void nothingComplained() {
    browser().size(1280, 900);
    assertThat(browser().complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
  void nothingSeriousHindersAnybodyOnAnyView(String scheme, int width) throws IOException {
    browser().prefer(scheme);
    browser().size(width, 900);
    List<String> found = new ArrayList<>();
    browser().open(gateway().address());
    browser().run(axe());
    shown
        .orElseThrow()
        .views()
        .forEach(
            (view, hash) -> {
              browser().go(hash);
              browser().awaitWords("main", landmark(view));
              assertThat(browser().run("return document.documentElement.scrollWidth"))
                  .as("%s is as wide as the window", view)
                  .isEqualTo((long) width);
              String violations = String.valueOf(browser().runLater(AXE));
              if (!violations.isEmpty()) {
                found.add(view + ": " + violations);
              }
            });

    assertThat(found).isEmpty();
  }

  private static String axe() throws IOException {
    try (InputStream in = PageAccessTest.class.getResourceAsStream("/axe.min.js")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What is there when a view has shown what it fetched. */
  private static String landmark(String view) {
    return switch (view) {
      case "studies" -> "baseline of labels";
      case "study" -> "Overlap by layer";
      case "task" -> "goes on from a checkpoint";
      case "fleet" -> "gpu-rack-1";
      case "compare" -> "pruning.rounds";
      default -> "bytes";
    };
  }

  @Test
  void everythingIsReachedByKeysAndTheFocusIsSeen() {
    browser().open(gateway().address());
    browser().find(".studies li");
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      browser().press(Keys.TAB);
      reached.add(
          String.valueOf(
                  browser()
                      .run(
                          "const it = document.activeElement; return it.getAttribute('aria-label')"
                              + " ?? (it.textContent || it.placeholder)"))
              .strip());
      assertThat(
              String.valueOf(
                  browser().run("return getComputedStyle(document.activeElement).outlineStyle")))
          .as(reached.getLast())
          .isNotEqualTo("none");
    }

    assertThat(reached)
        .startsWith(
            "Skip to the content",
            "Espalier",
            "Studies",
            "Compare",
            "Fleet",
            "Dead letters",
            "Dark colours",
            "Submit a study")
        .contains("Compare masks without labels", "Pause masks without labels");
  }

  @Test
  void escapeClosesADialogAndTheFocusGoesBack() {
    browser().open(gateway().address());
    browser().find("button.main").sendKeys(Keys.ENTER);
    browser().find("dialog[open]");
    browser().press(Keys.ESCAPE);
    browser().await("no dialog", () -> browser().all("dialog").isEmpty());

    assertThat(browser().focused().getText()).isEqualTo("Submit a study");
  }

  @Test
  void theChosenColoursAreRemembered() {
    browser().prefer("light");
    browser().open(gateway().address());
    browser().find("#theme").sendKeys(Keys.ENTER);
    browser().open("about:blank");
    browser().open(gateway().address());

    assertThat(browser().find("html[data-theme]").getDomAttribute("data-theme")).isEqualTo("dark");
    browser().run("localStorage.clear()");
  }
}
