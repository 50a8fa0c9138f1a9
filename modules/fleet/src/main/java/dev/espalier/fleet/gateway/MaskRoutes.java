package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import dev.espalier.domain.event.Event.MaskPublished;
import dev.espalier.domain.event.Event.StudyWished;
import dev.espalier.domain.study.StudyId;
import dev.espalier.fleet.view.MaskLine;
import dev.espalier.fleet.view.MaskView;
import dev.espalier.fleet.view.Slice;
import dev.espalier.wire.MaskFile;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /api/masks}: the masks that were found, and each as bytes and as a file. */
final class MaskRoutes {
  private final Aside aside;
  private final Supplier<Found> found;

  MaskRoutes(Aside aside, Supplier<Found> found) {
    this.aside = aside;
    this.found = found;
  }

  void mount(Router router) {
    router.get("/api/masks").handler(context -> aside.answer(context, this::list, Query::answer));
    router.get("/api/masks/:mask").handler(context -> aside.answer(context, this::show));
    router
        .get("/api/masks/:mask/bits")
        .handler(context -> aside.answer(context, this::bits, MaskBytes::answer));
    router
        .get("/api/masks/:mask/safetensors")
        .handler(context -> aside.answer(context, this::file, MaskBytes::answer));
  }

  private Slice<MaskLine> list(RoutingContext context) {
    Found now = found.get();
    Query query = new Query(context);
    Optional<StudyId> study = query.text("study").map(now::study).map(StudyWished::study);
    return query.slice(window -> now.masks().list(study, window));
  }

  private MaskView show(RoutingContext context) {
    Found now = found.get();
    return now.masks().show(mask(context, now), now.artifacts());
  }

  private static MaskPublished mask(RoutingContext context, Found now) {
    return now.mask(context.pathParam("mask"));
  }

  private MaskBytes bits(RoutingContext context) {
    Found now = found.get();
    MaskPublished mask = mask(context, now);
    return MaskBytes.ofMask(now.bits(mask), isNamedInFull(mask, context));
  }

  private static boolean isNamedInFull(MaskPublished mask, RoutingContext context) {
    Digest digest = mask.summary().digest();
    return context.pathParam("mask").endsWith(digest.hex());
  }

  private MaskBytes file(RoutingContext context) {
    Found now = found.get();
    MaskPublished mask = mask(context, now);
    return MaskBytes.ofFile(mask.summary().digest(), MaskFile.write(now.bits(mask), mask));
  }
}
