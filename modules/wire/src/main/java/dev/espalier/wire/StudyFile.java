package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.event.Budget;
import dev.espalier.domain.study.Study;
import dev.espalier.wire.SchemaCheck.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A study as a person writes it: YAML of the keys that {@code study-file.schema.json} knows, which
 * also states what a key that is left out means.
 *
 * <pre>
 * name: quickstart
 * data: glyphs
 * network: resnet8
 * training: {epochs: 4}
 * pruning: {rounds: 3}
 * </pre>
 *
 * <p>{@link Presets} stand for published recipes. Where {@code network} names a file, such as
 * {@code tiny.yaml}, that file's description takes its place, so that nobody needs the file
 * afterwards.
 */
public final class StudyFile {
  private static final String NAME = "name";
  private static final String BUDGET = "budget";
  private static final String NETWORK = "network";
  private static final Pattern NETWORK_FILE = Pattern.compile(".*\\.ya?ml");
  private static final SchemaCheck SCHEMA = new SchemaCheck("study-file");

  private final String otherwise;
  private final NetworkFiles networks;
  private final Function<List<Finding>, InvalidStudyException> refusing;

  /**
   * The reading of one.
   *
   * @param otherwise the study's name where its tree gives none
   * @param refusing the exception that says what is wrong, and where
   */
  StudyFile(
      String otherwise,
      NetworkFiles networks,
      Function<List<Finding>, InvalidStudyException> refusing) {
    this.otherwise = otherwise;
    this.networks = networks;
    this.refusing = refusing;
  }

  /**
   * The study that {@code yaml} describes.
   *
   * @param whereFrom the file's name; it stands in messages, and without its folder and ending it
   *     is the study's name where the file gives none
   * @throws InvalidStudyException when it describes none, with the line of everything that is
   *     wrong, what was expected and what came
   */
  public static NamedStudy parse(String yaml, String whereFrom) {
    return parse(yaml, whereFrom, file -> Optional.empty());
  }

  /**
   * The study that {@code yaml} describes, which may name a file that describes its network.
   *
   * @param networks where such files are
   * @throws InvalidStudyException as above, and when the network's file is missing or wrong
   */
  public static NamedStudy parse(String yaml, String whereFrom, NetworkFiles networks) {
    YamlTree tree = YamlTree.parse(yaml, whereFrom);
    return new StudyFile(stem(whereFrom), networks, findings -> tree.refusal(whereFrom, findings))
        .study(tree.root());
  }

  /**
   * What is wrong with a tree whatever its values mean.
   *
   * @throws InvalidStudyException when a network's file is missing or wrong
   */
  List<Finding> findings(JsonNode tree) {
    StudyTree.Whole written = StudyTree.of(tree);
    JsonNode root = written.root();
    JsonNode whole = StudyTemplate.isOpen(root.path(NETWORK)) ? root : withNetwork(root);
    return Stream.concat(written.findings().stream(), SCHEMA.findings(whole).stream()).toList();
  }

  /**
   * The study that {@code tree} describes.
   *
   * @throws InvalidStudyException when it describes none
   */
  NamedStudy study(JsonNode tree) {
    StudyTree.Whole written = StudyTree.of(tree);
    refuse(written.findings());
    JsonNode whole = withNetwork(written.root());
    refuse(SCHEMA.findings(whole));
    ObjectNode content = whole.deepCopy();
    JsonNode name = content.remove(NAME);
    Optional<Budget> budget = Optional.ofNullable(content.remove(BUDGET)).map(this::budget);
    try {
      Study study = Json.read(content, Study.class);
      refuse(StudyCheck.findings(study));
      return new NamedStudy(name == null ? otherwise : name.asText(), study, budget);
    } catch (UnreadableJsonException e) {
      throw refusing.apply(List.of(new Finding(e.pointer(), e.reason())));
    } catch (IllegalArgumentException e) {
      throw refusing.apply(List.of(new Finding("/" + NAME, String.valueOf(e.getMessage()))));
    }
  }

  private Budget budget(JsonNode written) {
    try {
      return Json.read(written, Budget.class);
    } catch (UnreadableJsonException e) {
      throw refusing.apply(List.of(new Finding("/" + BUDGET + e.pointer(), e.reason())));
    }
  }

  /** {@code root} with the network's description in the place of its file's name. */
  private JsonNode withNetwork(JsonNode root) {
    String file = root.path(NETWORK).asText();
    if (!root.path(NETWORK).isTextual() || !isNetworkFile(file)) {
      return root;
    }
    String text =
        networks
            .text(file)
            .orElseThrow(
                () ->
                    refusing.apply(
                        List.of(
                            new Finding(
                                "/" + NETWORK,
                                "network: expected a file that can be read, got " + file))));
    ObjectNode whole = root.deepCopy();
    whole.set(NETWORK, NetworkFile.parse(text, file));
    return whole;
  }

  /** Whether {@code network} is a file's name. */
  static boolean isNetworkFile(String network) {
    return NETWORK_FILE.matcher(network).matches();
  }

  private void refuse(List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw refusing.apply(findings);
    }
  }

  /** The name of a file without its folder and ending. */
  static String stem(String whereFrom) {
    Path file = Path.of(whereFrom).getFileName();
    return file == null ? whereFrom : file.toString().replaceFirst("\\.[^.]+$", "");
  }
}
