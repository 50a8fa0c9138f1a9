package dev.espalier.fleet.browser;

import dev.espalier.fleet.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the page that the documentation shows: {@code -Dpage.pictures=FOLDER}. */
class PagePicturesTest {
  private static final String CALM =
      """
      const done = arguments[arguments.length - 1];
      const calm = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 800); });
      calm.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
      let timer = setTimeout(done, 800);
      """;

  @Test
  @EnabledIfSystemProperty(named = "page.pictures", matches = ".+")
  void everyViewIsTaken(@TempDir Path folder) throws Exception {
    Path pictures = Files.createDirectories(Path.of(System.getProperty("page.pictures", "")));
    try (PageGateway gateway = PageGateway.start(folder, Set.of(Role.GATEWAY));
        Browser browser = new Browser(folder)) {
      Showcase showcase = Showcase.on(gateway);
      browser.open(gateway.address());
      for (String scheme : List.of("light", "dark")) {
        browser.prefer(scheme);
        showcase
            .views()
            .forEach(
                (view, hash) ->
                    take(browser, hash, 1280, pictures.resolve(view + "-" + scheme + ".png")));
      }
      browser.prefer("light");
      showcase
          .views()
          .forEach((view, hash) -> take(browser, hash, 360, pictures.resolve(view + "-phone.png")));
    }
  }

  private static void take(Browser browser, String hash, int width, Path file) {
    browser.size(width, width * 5 / 4);
    browser.go("#/");
    browser.go(hash);
    browser.runLater(CALM);
    browser.picture(file);
  }
}
