package dev.espalier.verification.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Removing four fifths of 25 million weights by global magnitude against PyTorch, as Debian has it:
 * selection, mask and zeroing, by how often a second. {@code race.rounds} says how often each runs.
 */
class PruningRace {
  private static final int WEIGHTS = 25_000_000;
  private static final String FIGURE = "prunings a second";
  private static final String HEAD =
      """
      | weights | threads | espalier, ms | `torch.kthvalue` and a mask, ms | \
      `torch.nn.utils.prune.global_unstructured`, ms | ratio to the faster |
      |---|---|---|---|---|---|
      """;
  private static final Path PYTHON = Path.of("src/bench/python/torch_pruning.py").toAbsolutePath();

  @Test
  void pruningIsRacedOver() throws IOException {
    Race race = new Race(Integer.getInteger("race.rounds", 5));
    Table table = new Table("pruning", HEAD, 2);
    for (int threads : new int[] {1, 2}) {
      Map<String, Figures> figures =
          race.run(List.of(ours(threads), torch("kthvalue", threads), torch("global", threads)));
      assertThat(figures).hasSize(3);
      String row = row(threads, figures);
      System.out.println(row);
      table.add(row);
      table.writeTo(Command.Repository.root().resolve("src/site/benchmarks.md"));
    }
  }

  private static String row(int threads, Map<String, Figures> figures) {
    StringBuilder row =
        new StringBuilder(String.format(Locale.ROOT, "| %,d | %d |", WEIGHTS, threads));
    figures.values().forEach(f -> row.append(milliseconds(f)));
    return row.append(String.format(Locale.ROOT, " **%.1f** |", Table.ratio(figures, FIGURE)))
        .toString();
  }

  private static String milliseconds(Figures figures) {
    return String.format(
        Locale.ROOT,
        " %.1f ± %.0f %% |",
        1000 / figures.median(FIGURE),
        50 * figures.spread(FIGURE));
  }

  /** The network is there because {@code bench} measures one too: the smallest, for no time. */
  private static Contestant ours(int threads) {
    List<String> words =
        List.of(
            Command.Repository.root().resolve("espalier").toString(),
            "bench",
            "--json",
            "--network=resnet8",
            "--batch=1",
            "--threads=" + threads,
            "--weights=" + WEIGHTS,
            "--seconds=5");
    return new Command("espalier", words, Map.of(), 1, Map.of(FIGURE, "/pruning/perSecond"));
  }

  private static Contestant torch(String way, int threads) {
    List<String> words =
        List.of(
            "/usr/bin/python3",
            PYTHON.toString(),
            way,
            Integer.toString(WEIGHTS),
            Integer.toString(threads));
    Map<String, String> environment = Map.of("OMP_NUM_THREADS", Integer.toString(threads));
    return new Command(way, words, environment, 1, Map.of(FIGURE, "/perSecond"));
  }
}
