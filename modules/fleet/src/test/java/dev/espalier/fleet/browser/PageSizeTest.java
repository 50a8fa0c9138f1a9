package dev.espalier.fleet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.domain.event.Event;
import dev.espalier.domain.event.Event.MetricSampled;
import dev.espalier.domain.event.Event.Wish;
import dev.espalier.domain.study.Study;
import dev.espalier.fleet.Role;
import dev.espalier.fleet.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The page with 200 studies, one of 20,000 tasks, and a million points, while more come. */
@Tag("long")
class PageSizeTest {
  private static final int STUDIES = 200;
  private static final int TASKS = 20_000;
  private static final int BUSY = 2;
  private static final long SAMPLES = 25_000; // of each busy task
  private static final int METRICS = 20; // of each sample
  private static final long LIVE = 5_000;
  private static final int PART = 50;
  private static final double LONGEST_MILLIS = 500; // of a machine that does other things too
  private static final String WATCH =
      """
      window.longest = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        window.longest = Math.max(window.longest, entry.duration);
      })).observe({type: 'longtask', buffered: true});
      """;

  @Test
  void nothingHoldsThePageUp(@TempDir Path folder, TestReporter reporter) throws Exception {
    ImaginedStudy large = large();
    try (Browser browser = new Browser(folder);
        PageGateway gateway = PageGateway.start(folder, Set.of(Role.GATEWAY))) {
      publish(gateway, large);

      browser.open(gateway.address());
      browser.awaitWords("main", STUDIES + " studies");
      tell(browser, reporter, "studies");
      browser.open("about:blank");
      browser.open(gateway.address() + "#/studies/" + large.id);
      browser.awaitWords(".states", "planned");
      browser.awaitWords(".curves", "24,981 samples");
      scroll(browser);
      tell(browser, reporter, "a study of %d tasks".formatted(large.nodes.size()));
      live(browser, gateway, large);
      tell(browser, reporter, "the same under " + LIVE + " live samples");
      browser.go("#/fleet");
      browser.awaitWords("main", "gpu-rack");
      tell(browser, reporter, "the fleet");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static ImaginedStudy large() {
    int each = new ImaginedStudy("one", study(1), Instant.now()).nodes.size();
    ImaginedStudy large = new ImaginedStudy("large", study(1 + TASKS / each), Instant.now());
    assertThat(large.nodes).hasSizeGreaterThanOrEqualTo(TASKS);
    return large;
  }

  private static Study study(int seeds) {
    return Samples.study(6, LongStream.rangeClosed(1, seeds).boxed().toArray(Long[]::new));
  }

  private static void publish(PageGateway gateway, ImaginedStudy large)
      throws InterruptedException {
    List<Event> events = new ArrayList<>();
    for (int i = 1; i < STUDIES; i++) {
      Study small = Samples.study(2, 10_000L + i);
      events.add(
          new ImaginedStudy("small " + i, small, Instant.now().minusSeconds(60L * i))
              .wished(Wish.RUN));
    }
    events.add(large.wished(Wish.RUN));
    IntStream.range(2, 202).forEach(i -> events.addAll(large.completed(i, ImaginedStudy.STEPS)));
    gateway.publish(events);
    for (int task = 0; task < BUSY; task++) {
      gateway.publish(large.running(task, 20));
      gateway.publish(samples(large, task, 21, SAMPLES));
    }
    gateway.await(
        view ->
            view.standings().task(large.nodes.get(BUSY - 1).id()).metrics().size() > SAMPLES - 20);
  }

  private static List<MetricSampled> samples(ImaginedStudy study, int task, long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(step -> widened(study.sample(task, step)))
        .toList();
  }

  private static MetricSampled widened(MetricSampled sample) {
    Map<String, Double> values = new TreeMap<>(sample.values());
    for (int i = values.size(); i < METRICS; i++) {
      values.put("figure_" + i, i + 1.0 / sample.step());
    }
    return new MetricSampled(
        sample.at(), sample.study(), sample.task(), sample.attempt(), sample.step(), values);
  }

  private static void scroll(Browser browser) {
    for (int y = 0; y < 6_000; y += 300) {
      browser.run(
          "scrollTo(0, arguments[0]); document.querySelector('.field').scrollTop += 500", y);
    }
  }

  private static void live(Browser browser, PageGateway gateway, ImaginedStudy large) {
    for (long from = SAMPLES + 1; from <= SAMPLES + LIVE; from += LIVE / PART) {
      gateway.publish(samples(large, 0, from, from + LIVE / PART - 1));
    }
    browser.awaitWords(".curves", "after %,d steps".formatted(SAMPLES + LIVE));
  }

  private static void tell(Browser browser, TestReporter reporter, String what) {
    browser.run(WATCH);
    browser.runLater("setTimeout(arguments[arguments.length - 1], 1000)");
    double longest = ((Number) browser.run("return window.longest")).doubleValue();
    Object heap = browser.run("return Math.round(performance.memory.usedJSHeapSize / 1e6)");
    reporter.publishEntry(what, "longest task %.0f ms, heap %s MB".formatted(longest, heap));
    assertThat(longest).as(what).isLessThan(LONGEST_MILLIS);
  }
}
