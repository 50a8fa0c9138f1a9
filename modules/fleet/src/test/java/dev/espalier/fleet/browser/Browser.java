package dev.espalier.fleet.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window. */
final class Browser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Says only that its listeners know no version of the protocol, which nobody uses here. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int WIDE = 1280;
  private static final int HIGH = 900;

  private final ChromeDriver driver;

  /**
   * Opens one; the test is skipped where there is none.
   *
   * @param downloads where files are kept
   */
  Browser(Path downloads) {
    Optional<File> chromium = onPath("chromium");
    Optional<File> chromedriver = onPath("chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "the page is tried in a browser where Debian's packages chromium and chromium-driver are"
            + " installed");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--force-device-scale-factor=1",
        "--hide-scrollbars",
        "--lang=en-GB");
    options.setCapability("goog:loggingPrefs", logs);
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toAbsolutePath().toString()));
    SELENIUM.setLevel(Level.SEVERE);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow())
                .usingAnyFreePort()
                .build(),
            options);
    size(WIDE, HIGH);
  }

  private static Optional<File> onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> new File(folder, program))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Makes the page so many pixels wide and high. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.manage().window().setSize(new Dimension(Math.max(width, 500), height));
  }

  /** Has the system prefer {@code light} or {@code dark}. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void open(String address) {
    driver.get(address);
  }

  /** Goes to another view of the page that is open. */
  void go(String hash) {
    run("location.hash = arguments[0]", hash);
  }

  Object run(String script, Object... arguments) {
    return Optional.<Object>ofNullable(driver.executeScript(script, arguments)).orElse("");
  }

  Object runLater(String script, Object... arguments) {
    return Optional.<Object>ofNullable(driver.executeAsyncScript(script, arguments)).orElse("");
  }

  /** The first element that {@code css} selects, once there is one. */
  WebElement find(String css) {
    await(css, () -> !driver.findElements(By.cssSelector(css)).isEmpty());
    return driver.findElement(By.cssSelector(css));
  }

  /** Clicks what {@code css} selects, once it is there and nothing lies above it. */
  void click(String css) {
    await(
        "a click on " + css,
        () -> {
          driver.findElement(By.cssSelector(css)).click();
          return true;
        });
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The words that people see in what {@code css} selects. */
  String words(String css) {
    return String.valueOf(
        run(
            "return [...document.querySelectorAll(arguments[0])].map(node =>"
                + " node.innerText).join('\\n"
                + "')",
            css));
  }

  void awaitWords(String css, String words) {
    await(words + " in " + css, () -> words(css).contains(words));
  }

  /** Waits until {@code condition} holds. */
  void await(String what, Supplier<Boolean> condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    boolean holds = holds(condition);
    while (!holds && System.nanoTime() < end) {
      runLater("setTimeout(arguments[arguments.length - 1], %d)".formatted(PAUSE.toMillis()));
      holds = holds(condition);
    }
    assertThat(holds).as("expected %s, got%n%s", what, words("body")).isTrue();
  }

  /** What is looked at may be replaced meanwhile: it is looked at again. */
  private static boolean holds(Supplier<Boolean> condition) {
    try {
      return condition.get();
    } catch (WebDriverException e) {
      return false;
    }
  }

  /** Presses keys one after the other, wherever the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /**
   * What scripts of the page complained about; what a gateway refuses or does not answer is none of
   * that.
   */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains("Failed to load resource"))
        .toList();
  }

  /** Writes what is seen as a PNG. */
  void picture(Path file) {
    try {
      Files.write(file, Picture.small(driver.getScreenshotAs(OutputType.BYTES)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
