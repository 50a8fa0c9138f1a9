package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3AddressTest {
  @Test
  void anAddressMaySayServerRegionAndStyle() {
    S3Address address =
        S3Address.parse(
            "s3://nets/a/b/?endpoint=http%3A%2F%2Fhost:9000&region=eu-west-1&pathStyle=true");

    assertThat(address)
        .isEqualTo(
            new S3Address(
                "nets",
                "a/b/",
                Optional.of(URI.create("http://host:9000")),
                Optional.of("eu-west-1"),
                true));
    assertThat(address).hasToString("s3://nets/a/b/ at http://host:9000");
  }

  @ParameterizedTest
  @CsvSource({"s3://nets, ''", "s3://nets/, ''", "s3://nets/a, a/", "s3://nets//a/b//, a/b/"})
  void aPrefixIsNothingOrAFolder(String text, String prefix) {
    S3Address address = S3Address.parse(text);

    assertThat(address)
        .isEqualTo(new S3Address("nets", prefix, Optional.empty(), Optional.empty(), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://",
        "s3:///a",
        "s3://UPPER/a",
        "s3://key:hidden@nets/a",
        "s3://nets/a?secretKey=hidden",
        "s3://nets/a?pathStyle=maybe",
        "s3://nets/a?endpoint=host:9000",
        "s3://nets/a?endpoint=http://key:hidden@host",
        "s3://nets/a?endpoint=ftp://host",
        "s3://nets/a?endpoint=http://a b",
      })
  void whatIsNoAddressIsRefusedWithoutShowingSecrets(String text) {
    assertThatThrownBy(() -> S3Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected s3://BUCKET[/PREFIX][?endpoint=URL")
        .hasMessageNotContaining("hidden");
  }
}
