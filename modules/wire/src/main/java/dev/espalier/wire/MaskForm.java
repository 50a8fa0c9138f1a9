package dev.espalier.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.espalier.domain.mask.Mask;
import dev.espalier.domain.mask.TensorMask;
import java.util.Base64;
import java.util.List;

/**
 * A mask in JSON: a list of tensors, each with its name, its shape, and its packed bits in base64.
 */
record MaskForm(@JsonValue List<TensorForm> tensors) {

  /** What stays of one tensor; {@code bits} is base64. */
  record TensorForm(String name, List<Integer> shape, String bits) {
    static TensorForm of(TensorMask mask) {
      String bits = Base64.getEncoder().encodeToString(mask.bits());
      return new TensorForm(mask.name(), mask.shape(), bits);
    }

    TensorMask mask() {
      return TensorMask.copyOf(name, shape, Base64.getDecoder().decode(bits));
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  MaskForm {}

  static void addTo(SimpleModule module) {
    module.setMixInAnnotation(Mask.class, OfMask.class);
  }

  @JsonSerialize(converter = Write.class)
  @JsonDeserialize(converter = Read.class)
  private interface OfMask {}

  private static final class Write extends StdConverter<Mask, MaskForm> {
    @Override
    public MaskForm convert(Mask mask) {
      return new MaskForm(mask.tensors().stream().map(TensorForm::of).toList());
    }
  }

  private static final class Read extends StdConverter<MaskForm, Mask> {
    @Override
    public Mask convert(MaskForm form) {
      return Mask.of(form.tensors().stream().map(TensorForm::mask).toList());
    }
  }
}
