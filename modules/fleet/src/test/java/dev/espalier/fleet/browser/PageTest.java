package dev.espalier.fleet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.task.PruneTask;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.Samples;
import dev.espalier.wire.MaskFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the page: follow a study through a gateway's death, compare, download. */
class PageTest {
  private static final long EVERY = 20;

  @TempDir private static Path folder;
  private static Optional<Browser> opened = Optional.empty();
  private static Optional<PageGateway> served = Optional.empty();

  @BeforeAll
  static void open() {
    opened = Optional.of(new Browser(folder));
    served = Optional.of(PageGateway.start(folder, Set.of(Role.GATEWAY)));
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
    assertThat(browser().complaints()).isEmpty();
    assertThat(gateway().troubles).isEmpty();
  }

  private static ImaginedStudy imagined(String name, int rounds, long seed) {
    return new ImaginedStudy(name, Samples.study(rounds, seed, seed + 1), Instant.now());
  }

  @Test
  void curvesGrowAndMissNothingWhereTheGatewayIsKilledMeanwhile() throws Exception {
    ImaginedStudy study = imagined("killed", 2, 10);
    gateway().publish(List.of(study.wished(Wish.RUN)));
    gateway().publish(study.running(0, 200));
    browser().open(gateway().address() + "#/studies/" + study.id);
    browser().awaitWords(".curves", "10 samples");
    browser().run("window.same = true");

    gateway().publish(study.samples(0, 201, 300, EVERY));
    browser().awaitWords(".curves", "15 samples");
    gateway().kill();
    browser().awaitWords("#lost", "The gateway does not answer");
    assertThat(browser().words(".curves")).contains("15 samples");
    gateway().publish(study.samples(0, 301, 600, EVERY));
    gateway().publish(study.completed(1));
    gateway().startAgain();

    browser().awaitWords(".curves", "30 samples");
    browser().awaitWords("#connection", "live");
    assertThat(browser().words("#lost:not([hidden])")).isEmpty();
    gateway().publish(study.samples(0, 601, 700, EVERY));
    browser().awaitWords(".curves", "35 samples");
    browser().awaitWords(".figures", "1 / " + study.nodes.size());
    assertThat(browser().run("return window.same")).isEqualTo(true);
  }

  @Test
  void studiesAreChosenAndCompared() throws Exception {
    ImaginedStudy left = imagined("left", 2, 20);
    ImaginedStudy right = imagined("right", 3, 30);
    for (ImaginedStudy study : List.of(left, right)) {
      gateway().publish(List.of(study.wished(Wish.RUN)));
      IntStream.range(0, study.nodes.size())
          .forEach(i -> gateway().publish(study.completed(i, ImaginedStudy.STEPS)));
    }
    browser().open(gateway().address());
    browser().click("input[aria-label='Compare left']");
    browser().click("input[aria-label='Compare right']");
    browser().click("a.button[href^='#/compare']");

    browser().awaitWords(".legend", "labels/ticket — left");
    browser().awaitWords(".legend", "labels/ticket — right");
    browser().awaitWords("table", "pruning.rounds");
    browser().await("a plot of all arms", () -> points() > 40);
    browser().run("history.back()");
    browser().awaitWords("h1", "Studies");
  }

  private static int points() {
    return Integer.parseInt(
        String.valueOf(browser().run("return document.querySelector('.plot').dataset.points")));
  }

  @Test
  void aMaskIsDownloadedAsItIs() throws Exception {
    ImaginedStudy study = imagined("found", 2, 40);
    gateway().publish(List.of(study.wished(Wish.RUN)));
    gateway().publish(study.completed(0, ImaginedStudy.STEPS));
    MaskPublished event =
        study.completed(0, ImaginedStudy.STEPS).stream()
            .filter(MaskPublished.class::isInstance)
            .map(MaskPublished.class::cast)
            .findFirst()
            .orElseThrow();
    PruneTask prune = (PruneTask) study.nodes.getFirst().task();
    browser().open(gateway().address() + "#/studies/" + study.id);
    browser().click("a[href$='safetensors']");

    Path file = folder.resolve("mask-%s.safetensors".formatted(event.summary().digest().brief()));
    browser().await("a file " + file, () -> Files.exists(file));
    assertThat(Files.readAllBytes(file)).isEqualTo(MaskFile.write(study.mask(prune), event));
  }

  @Test
  void aLetterIsLookedIntoAndDropped() throws Exception {
    gateway().publishUnreadable("no sample at all");
    browser().open(gateway().address() + "#/dead-letters");
    browser().click(".letter summary");
    browser().awaitWords(".letter pre", "no sample at all");
    browser().click(".letter button.bad");
    browser().click("dialog button.bad");

    browser().awaitWords(".empty-list", "No dead letters");
  }

  @Test
  void whatAnAttemptWritesIsThereLineByLine() {
    ImaginedStudy study = imagined("spoken", 2, 60);
    gateway().publish(List.of(study.wished(Wish.RUN)));
    gateway().publish(study.running(0, 100));
    gateway().publish(List.of(study.logged(0, "a first line")));
    browser().open(gateway().address() + "#/tasks/" + study.nodes.getFirst().id());
    browser().awaitWords(".log", "a first line");
    gateway().publish(List.of(study.logged(0, "a second one")));

    browser().awaitWords(".log", "a second one");
    assertThat(browser().all(".log li")).hasSize(2);
  }

  @Test
  void aStudyIsCancelledOnlyWhenThatIsConfirmed() {
    ImaginedStudy study = imagined("unwanted", 2, 50);
    gateway().publish(List.of(study.wished(Wish.RUN)));
    browser().open(gateway().address() + "#/studies/" + study.id);
    browser().click("button[aria-label='Cancel unwanted']");
    browser().click("dialog button:not(.bad)");
    browser().click("button[aria-label='Pause unwanted']");
    browser().awaitWords(".heading .status", "paused");
    browser().click("button[aria-label='Cancel unwanted']");
    browser().click("dialog button.bad");

    browser().awaitWords(".heading .status", "cancelled");
  }
}
