package dev.espalier.fleet.view;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.event.TaskStanding;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Node;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Finds masks by the standings of a moment. */
public final class Masks {
  private static final int MOST_FOUND = 100;
  private static final BinaryOperator<MaskPublished> FIRST =
      BinaryOperator.minBy(
          Comparator.comparing(MaskPublished::at).thenComparing(MaskPublished::task));

  private final Views views;
  private final Standings standings;

  /** The masks that {@code standings} know. */
  public Masks(Views views, Standings standings) {
    this.views = views;
    this.standings = standings;
  }

  /**
   * The masks that studies found, study by study and each in the order of its graph.
   *
   * @param study whose; absent: those of all
   * @throws IllegalArgumentException when the window begins behind what is no place
   */
  public Slice<MaskLine> list(Optional<StudyId> study, Window window) {
    return new Walk(views, standings).slice(study, window, this::line);
  }

  private Optional<MaskLine> line(StudyId study, Node node) {
    return standings.task(node.id()).mask().map(mask -> MaskLine.of(study, node, mask));
  }

  /** All masks by name, each as it was published first. */
  public NavigableMap<Digest, MaskPublished> byName() {
    NavigableMap<Digest, MaskPublished> masks = new TreeMap<>();
    standings.tasks().values().stream()
        .map(TaskStanding::mask)
        .flatMap(Optional::stream)
        .forEach(mask -> masks.merge(mask.summary().digest(), mask, FIRST));
    return masks;
  }

  /**
   * All about the mask of {@code published}.
   *
   * @param artifacts where its bits are found if not in its event
   */
  public MaskView show(MaskPublished published, Artifacts artifacts) {
    Digest digest = published.summary().digest();
    Slice<MaskLine> found =
        new Walk(views, standings)
            .slice(
                Optional.empty(),
                new Window(Optional.empty(), MOST_FOUND),
                (study, node) -> line(study, node).filter(line -> line.digest().equals(digest)));
    return MaskView.of(published.summary(), published.bitsIn(artifacts), found.items());
  }
}
