package dev.espalier.fleet.gateway;

import dev.espalier.domain.mask.Mask;
import dev.espalier.fleet.view.MaskComparison;
import dev.espalier.fleet.view.MaskView;
import dev.espalier.wire.MaskFile;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /api/compare/masks}: how far two masks agree. {@code GET /api/masks/combine}: a mask
 * made of two, which is kept nowhere.
 */
final class MaskAlgebraRoutes {
  private final Aside aside;
  private final Supplier<Found> found;

  MaskAlgebraRoutes(Aside aside, Supplier<Found> found) {
    this.aside = aside;
    this.found = found;
  }

  /** To be mounted before routes that would take {@code combine} for a mask. */
  void mount(Router router) {
    router.get("/api/compare/masks").handler(context -> aside.answer(context, this::compare));
    router.get("/api/masks/combine").handler(context -> aside.answer(context, this::show));
    router
        .get("/api/masks/combine/bits")
        .handler(context -> aside.answer(context, this::bits, MaskBytes::answer));
    router
        .get("/api/masks/combine/safetensors")
        .handler(context -> aside.answer(context, this::file, MaskBytes::answer));
  }

  private MaskComparison compare(RoutingContext context) {
    return MaskPair.of(new Query(context), found.get()).to(MaskComparison::of);
  }

  /** A mask, and what it is made of. */
  private record Combined(MaskOperation operation, MaskPair pair, Mask mask) {}

  private Combined combined(RoutingContext context) {
    Query query = new Query(context);
    query.required("op");
    MaskOperation operation = query.choice("op", MaskOperation.values()).orElseThrow();
    MaskPair pair = MaskPair.of(query, found.get());
    return new Combined(operation, pair, pair.to(operation::of));
  }

  private MaskView show(RoutingContext context) {
    Mask mask = combined(context).mask();
    return MaskView.of(mask.summary(Optional.empty()), Optional.of(mask), List.of());
  }

  private MaskBytes bits(RoutingContext context) {
    return MaskBytes.ofMask(combined(context).mask(), false);
  }

  private MaskBytes file(RoutingContext context) {
    Combined combined = combined(context);
    Map<String, String> origin =
        Map.of(
            "operation", combined.operation().toString(),
            "left", combined.pair().left().digest().toString(),
            "right", combined.pair().right().digest().toString());
    return MaskBytes.ofFile(combined.mask().digest(), MaskFile.write(combined.mask(), origin));
  }
}
