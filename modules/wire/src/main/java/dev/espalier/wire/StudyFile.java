package dev.espalier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.domain.study.Study;
import dev.espalier.wire.InvalidStudyException.Complaint;
import dev.espalier.wire.SchemaCheck.Finding;
import java.nio.file.Path;
import java.util.List;

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
 */
public final class StudyFile {
  private static final String NAME = "name";
  private static final SchemaCheck SCHEMA = new SchemaCheck("study-file");

  private final YamlTree yaml;
  private final String whereFrom;

  private StudyFile(YamlTree yaml, String whereFrom) {
    this.yaml = yaml;
    this.whereFrom = whereFrom;
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
    return new StudyFile(YamlTree.parse(yaml, whereFrom), whereFrom).study();
  }

  private NamedStudy study() {
    refuse(SCHEMA.findings(yaml.root()));
    ObjectNode content = yaml.root().deepCopy();
    JsonNode name = content.remove(NAME);
    try {
      Study study = Json.read(content, Study.class);
      refuse(StudyCheck.findings(study));
      return new NamedStudy(name == null ? stem(whereFrom) : name.asText(), study);
    } catch (UnreadableJsonException e) {
      throw refusal(List.of(new Finding(e.pointer(), e.reason())));
    } catch (IllegalArgumentException e) {
      throw refusal(List.of(new Finding("/" + NAME, String.valueOf(e.getMessage()))));
    }
  }

  private void refuse(List<Finding> findings) {
    if (!findings.isEmpty()) {
      throw refusal(findings);
    }
  }

  private InvalidStudyException refusal(List<Finding> findings) {
    List<Complaint> complaints =
        findings.stream()
            .map(finding -> new Complaint(yaml.line(finding.pointer()), finding.text()))
            .toList();
    return new InvalidStudyException(whereFrom, complaints);
  }

  private static String stem(String whereFrom) {
    Path file = Path.of(whereFrom).getFileName();
    return file == null ? whereFrom : file.toString().replaceFirst("\\.[^.]+$", "");
  }
}
