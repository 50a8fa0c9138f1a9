package dev.espalier.fleet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.fleet.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the page that the documentation shows: {@code -Dpage.pictures=FOLDER}. */
@EnabledIfSystemProperty(named = "page.pictures", matches = ".+")
class PagePicturesTest {
  private static final int WIDE = 1280;
  private static final int NARROW = 360;
  private static final int MOST_BYTES = 200_000;
  private static final String CALM =
      """
      const done = arguments[arguments.length - 1];
      let timer = setTimeout(done, 900);
      new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(done, 900);
      }).observe(document.getElementById('view'), {subtree: true, childList: true, attributes: true});
      setTimeout(done, 5000);
      """;

  @Test
  void everyViewIsTaken(@TempDir Path folder) throws Exception {
    Path pictures = Files.createDirectories(Path.of(System.getProperty("page.pictures", "")));
    try (PageGateway gateway = PageGateway.start(folder, Set.of(Role.GATEWAY));
        Browser browser = new Browser(folder)) {
      Showcase showcase = Showcase.on(gateway);
      browser.open(gateway.address());
      for (String look : List.of("light", "dark", "phone")) {
        browser.prefer(look.equals("dark") ? "dark" : "light");
        gateway.publish(showcase.beat(0));
        showcase
            .views()
            .forEach(
                (view, hash) -> take(browser, hash, pictures.resolve(view + "-" + look + ".png")));
      }
    }
  }

  private static void take(Browser browser, String hash, Path file) {
    boolean narrow = file.toString().contains("phone");
    browser.size(narrow ? NARROW : WIDE, 900);
    browser.go(hash);
    browser.find("h1");
    browser.runLater(CALM);
    int tall = ((Number) browser.run("return document.documentElement.scrollHeight")).intValue();
    browser.size(narrow ? NARROW : WIDE, Math.min(tall, narrow ? 1500 : 2000));
    browser.runLater(CALM);
    browser.picture(file);
    assertThat(file.toFile().length()).as(file.toString()).isLessThan(MOST_BYTES);
  }
}
