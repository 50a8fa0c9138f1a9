package dev.espalier.store;

import java.net.URI;
import java.time.InstantSource;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** A server on this machine that speaks S3, checks signatures and keeps objects in memory. */
final class S3Server {
  static final String BUCKET = "nets";
  static final String USER = "someone";
  static final String SECRET = "a-secret-of-someone";

  private final S3Proxy server;
  private final S3Client client;

  S3Server() throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, USER, SECRET)
            .jettyMaxThreads(24)
            .stopTimeout(0)
            .build();
    server.start();
    client = S3Clients.client(address(""), credentials(SECRET));
    client.createBucket(request -> request.bucket(BUCKET));
  }

  /** Where its artifacts lie under {@code prefix}. */
  S3Address address(String prefix) {
    return S3Address.parse(
        "s3://%s/%s?endpoint=http://127.0.0.1:%d&pathStyle=true"
            .formatted(BUCKET, prefix, server.getPort()));
  }

  S3Artifacts open(String prefix, InstantSource clock) {
    return S3Artifacts.at(address(prefix), credentials(SECRET), clock);
  }

  static StaticCredentialsProvider credentials(String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, secret));
  }

  /** For what goes past the store. */
  S3Client client() {
    return client;
  }

  void stop() throws Exception {
    client.close();
    server.stop();
  }
}
