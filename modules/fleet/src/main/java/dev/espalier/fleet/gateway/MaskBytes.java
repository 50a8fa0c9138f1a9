package dev.espalier.fleet.gateway;

import dev.espalier.domain.Digest;
import dev.espalier.domain.mask.Mask;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** A mask to download, held whole: a mask is small. */
record MaskBytes(Attachment attachment, Buffer content) {
  static MaskBytes ofMask(Mask mask, boolean forGood) {
    Digest digest = mask.digest();
    String file = "mask-%s.bin".formatted(digest.brief());
    return new MaskBytes(
        new Attachment(new EntityTag(digest), file, forGood), Buffer.buffer(mask.canonicalBytes()));
  }

  static MaskBytes ofFile(Digest mask, byte[] content) {
    String file = "mask-%s.safetensors".formatted(mask.brief());
    return new MaskBytes(
        new Attachment(new EntityTag(Digest.of(content)), file, false), Buffer.buffer(content));
  }

  static void answer(RoutingContext context, MaskBytes bytes) {
    bytes.attachment().answer(context, bytes.content());
  }
}
