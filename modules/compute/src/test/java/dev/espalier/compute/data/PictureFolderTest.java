package dev.espalier.compute.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.compute.network.Volume;
import dev.espalier.domain.study.DataSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void paint() {
    paint("train/dog/b.png", 20, 12, BufferedImage.TYPE_3BYTE_BGR);
    paint("train/cat/2.jpg", 16, 16, BufferedImage.TYPE_3BYTE_BGR);
    paint("train/cat/1.PNG", 9, 30, BufferedImage.TYPE_BYTE_GRAY);
    paint("train/cat/3.jpeg", 10, 10, BufferedImage.TYPE_BYTE_GRAY);
    paint("val/dog/x.png", 16, 16, BufferedImage.TYPE_INT_ARGB);
    write("train/cat/notes.txt", new byte[3]);
    write("train/.hidden/x.png", new byte[3]);
  }

  private Path paint(String name, int columns, int rows, int type) {
    BufferedImage image = new BufferedImage(columns, rows, type);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < rows * columns; i++) {
      image.setRGB(i % columns, i / columns, random.nextInt() | 0xFF000000);
    }
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      String format = name.toLowerCase(Locale.ROOT).endsWith("png") ? "png" : "jpeg";
      ImageIO.write(image, format, file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Dataset read(OptionalInt train) {
    return PictureFolder.read(
        folder,
        new DataSpec(
            DataSpec.Name.FOLDER,
            train,
            OptionalInt.empty(),
            OptionalInt.of(16),
            OptionalInt.of(18),
            Optional.empty()));
  }

  private Dataset read() {
    return read(OptionalInt.empty());
  }

  @Test
  void classesAreNumberedByNameAndGiveOneAtATime() {
    Dataset data = read();

    assertThat(data.classes()).isEqualTo(2);
    assertThat(data.volume()).isEqualTo(new Volume(3, 16));
    assertThat(data.train().shorterSide()).isEqualTo(18);
    assertThat(labels(data.train())).containsExactly(0, 1, 0, 0);
    assertThat(labels(data.test())).containsExactly(1);
    assertThat(data.train().picture(0).rows()).isEqualTo(30); // cat/1.PNG
    assertThat(data.train().picture(1).columns()).isEqualTo(20); // dog/b.png
  }

  private static int[] labels(Images images) {
    int[] labels = new int[images.count()];
    Arrays.setAll(labels, images::label);
    return labels;
  }

  @Test
  void aPartHasTheFirstAndIsNamedByItsContent() {
    Dataset data = read(OptionalInt.of(2));

    assertThat(labels(data.train())).containsExactly(0, 1);
    assertThat(data.digest()).isNotEqualTo(read().digest());
    assertThat(data.digest()).isEqualTo(read(OptionalInt.of(2)).digest());
    assertThatThrownBy(() -> read(OptionalInt.of(5)))
        .hasMessage("expected at most 4 train images of " + folder + ", got 5");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_USHORT_GRAY
      })
  void aPngIsDecodedToWhatWasPainted(int type) throws IOException {
    Path file = paint("train/dog/any.png", 7, 5, type);
    BufferedImage painted = ImageIO.read(file.toFile());

    Picture picture = Decoder.decode(Files.readAllBytes(file), file);

    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 7; column++) {
        for (int channel = 0; channel < 3; channel++) {
          assertThat(picture.value(channel, row, column))
              .isEqualTo(expected(painted, channel, row, column));
        }
      }
    }
  }

  /** Grey samples as they are; Java would brighten them to another grey. */
  private static int expected(BufferedImage image, int channel, int row, int column) {
    int sample = image.getRaster().getSample(column, row, 0);
    return switch (image.getType()) {
      case BufferedImage.TYPE_BYTE_GRAY -> sample;
      case BufferedImage.TYPE_USHORT_GRAY -> sample >> 8;
      default -> (image.getRGB(column, row) >> (16 - 8 * channel)) & 0xFF;
    };
  }

  @Test
  void aJpegIsDecodedAsJavaDoesIt() throws IOException {
    Path file = folder.resolve("train/cat/2.jpg");
    BufferedImage painted = ImageIO.read(file.toFile());

    Picture picture = Decoder.decode(Files.readAllBytes(file), file);

    assertThat(picture.value(0, 3, 4)).isEqualTo((painted.getRGB(4, 3) >> 16) & 0xFF);
    assertThat(picture.value(2, 15, 15)).isEqualTo(painted.getRGB(15, 15) & 0xFF);
  }

  @Test
  void aClassWithoutPicturesIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("train/emu"));

    assertThatThrownBy(this::read)
        .hasMessage(
            "expected .png, .jpg or .jpeg files in the class folder %s, got none"
                .formatted(folder.resolve("train/emu")));
  }

  @Test
  void aTestClassThatTrainingDoesNotHaveIsNamed() {
    paint("val/emu/1.png", 4, 4, BufferedImage.TYPE_3BYTE_BGR);

    assertThatThrownBy(this::read)
        .hasMessage(
            "expected the classes of %s in %s, got emu"
                .formatted(folder.resolve("train"), folder.resolve("val")));
  }

  @Test
  void aFolderWithoutPartsIsNamed() {
    assertThatThrownBy(() -> PictureFolder.read(folder.resolve("val"), spec()))
        .hasMessageStartingWith("expected to list the folder " + folder.resolve("val/train"));
    assertThatThrownBy(() -> PictureFolder.read(folder.resolve("nowhere"), spec()))
        .isInstanceOf(DataException.class);
  }

  private static DataSpec spec() {
    return DataSpec.all(DataSpec.Name.FOLDER);
  }

  @Test
  void aFileThatIsNoPictureIsNamedWhenTheDataAreOpened() {
    Path file = write("train/cat/0.png", new byte[] {1, 2, 3});

    assertThatThrownBy(this::read)
        .hasMessage("expected a PNG or JPEG picture in " + file + ", got something else");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train/cat/1.PNG", "train/cat/2.jpg"})
  void aCutPictureIsNamedWhenItIsWanted(String name) throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(name));
    Path file = write(name, Arrays.copyOf(whole, whole.length / 2));
    Images train = read().train();
    int index = name.endsWith("PNG") ? 0 : 2;

    assertThatThrownBy(() -> train.picture(index))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("expected a whole PNG or JPEG picture in " + file + ", got: ");
  }

  @Test
  void aPictureThatChangedMeanwhileIsNamed() {
    Images train = read().train();
    paint("train/dog/b.png", 3, 3, BufferedImage.TYPE_3BYTE_BGR);

    assertThatThrownBy(() -> train.picture(1))
        .hasMessageEndingWith(" as it was when the data were opened, got other bytes");
  }
}
