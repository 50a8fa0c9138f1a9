package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.event.Reachable;
import dev.espalier.domain.event.Standings;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.study.StudyId;
import dev.espalier.domain.task.Artifacts;
import dev.espalier.domain.task.Node;
import dev.espalier.domain.task.TaskId;
import dev.espalier.fleet.view.Masks;
import dev.espalier.fleet.view.TaskIndex;
import dev.espalier.fleet.view.Views;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What requests name by digest, in full or by the first digits, at a moment. Whatever is not there
 * ends the request with a {@link RefusedException}.
 *
 * @param standings what was found by then
 * @param artifacts where the bytes are
 */
record Found(Views views, Standings standings, Artifacts artifacts) {
  private static final Pattern WHOLE = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");

  /** The study that {@code name} names. */
  StudyWished study(String name) {
    return ByName.find(standings.studies(), StudyId::new, name, "study");
  }

  /** The task that {@code name} names. */
  Node task(String name) {
    return ByName.find(new TaskIndex(views).tasks(standings), TaskId::new, name, "task");
  }

  /** The mask that {@code name} names. */
  MaskPublished mask(String name) {
    return ByName.find(masks().byName(), Function.identity(), name, "mask");
  }

  /** The artifact that {@code name} names: any in full, by its first digits one on the log. */
  Digest artifact(String name) {
    Matcher whole = WHOLE.matcher(name);
    if (whole.matches()) {
      return new Digest(whole.group(1));
    }
    NavigableMap<Digest, Digest> known = new TreeMap<>();
    Reachable.in(standings).forEach(digest -> known.put(digest, digest));
    return ByName.find(known, Function.identity(), name, "stored artifact");
  }

  /** The masks. */
  Masks masks() {
    return new Masks(views, standings);
  }

  /** The bits of {@code mask}. */
  Mask bits(MaskPublished mask) {
    return mask.bitsIn(artifacts)
        .orElseThrow(
            () ->
                Problem.notFound(
                        "expected the bits of the mask %s in its event or whole in the store, found neither"
                            .formatted(mask.summary().digest()))
                    .refusal());
  }
}
