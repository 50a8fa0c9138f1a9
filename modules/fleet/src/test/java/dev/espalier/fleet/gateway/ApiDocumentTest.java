package dev.espalier.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
  private static final String META = "spec.openapis.org/oas/3.1/schema/2022-10-07";

  private final JsonNode root = ApiDocument.load().root();

  @Test
  void isAnOpenApiDocument() throws IOException {
    assertThat(
            SchemaRegistry.withDialect(Dialects.getDraft202012())
                .getSchema(resource(META))
                .validate(root.toString(), InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void itsSchemasAreSchemas() {
    for (JsonNode schema : root.path("components").path("schemas")) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()))
                  .validate(schema.toString(), InputFormat.JSON))
          .isEmpty();
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> lost =
        root.findValuesAsText("$ref").stream()
            .filter(ref -> root.at(ref.substring(1)).isMissingNode())
            .toList();

    assertThat(root.findValuesAsText("$ref")).isNotEmpty();
    assertThat(lost).isEmpty();
  }

  @Test
  void operationsHaveNamesOfTheirOwn() {
    assertThat(root.path("paths").findValuesAsText("operationId"))
        .hasSameSizeAs(ApiDocument.load().operations())
        .doesNotHaveDuplicates();
  }

  @Test
  void everyTypeOfProblemIsInIt() {
    JsonNode types = root.path("components").path("schemas").path("ProblemType").path("enum");

    assertThat(StreamSupport.stream(types.spliterator(), false).map(JsonNode::asText))
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ApiDocumentTest.class.getClassLoader().getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
