package dev.espalier.store;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of object stores: how long they wait, and how often they try again. */
final class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int ATTEMPTS = 4; // apart by 0.1 s, doubled each time, and by chance

  private S3Clients() {}

  /** A client of the server at {@code address}, to be closed. */
  static S3Client client(S3Address address, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials)
            .forcePathStyle(address.pathStyle())
            // A body in signed chunks has a last one that a server may not wait for.
            .serviceConfiguration(options -> options.chunkedEncodingEnabled(false))
            // Uploads bring checksums of their own, and what is read is checked against its name.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(SILENCE)
                    .proxyConfiguration(proxy(address)))
            .overrideConfiguration(
                options ->
                    options.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(ATTEMPTS)
                            .build()));
    address.endpoint().ifPresent(builder::endpointOverride);
    // Other servers than Amazon's have no regions, but sign with the name of one.
    address
        .region()
        .or(() -> address.endpoint().map(server -> "us-east-1"))
        .map(Region::of)
        .ifPresent(builder::region);
    return builder.build();
  }

  // What the environment says of proxies holds, but not for a server on this machine.
  private static ProxyConfiguration proxy(S3Address address) {
    boolean away = address.endpoint().map(URI::getHost).filter(HERE::contains).isEmpty();
    return ProxyConfiguration.builder()
        .useSystemPropertyValues(away)
        .useEnvironmentVariablesValues(away)
        .build();
  }
}
