package dev.espalier.store;

import dev.espalier.domain.Digest;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends objects, with checksums that the server checks: what fits in one part under its SHA-256,
 * larger ones part by part. An object is there whole or not at all.
 */
final class S3Upload {
  private static final long PART = 8L << 20; // bytes; the least that S3 allows is 5 MiB
  private static final int MOST_PARTS = 10_000;
  private static final String TYPE = "application/octet-stream";
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final long SLOWEST = 128 << 10; // bytes a second

  private final S3Client client;
  private final String bucket;

  S3Upload(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** Sends {@code parts}, one after the other, whose digest is {@code digest}, to {@code key}. */
  void send(List<MemorySegment> parts, Digest digest, String key) {
    long size = parts.stream().mapToLong(MemorySegment::byteSize).sum();
    if (size <= PART) {
      sendAtOnce(parts, size, digest, key);
    } else {
      sendInParts(parts, size, key);
    }
  }

  private void sendAtOnce(List<MemorySegment> parts, long size, Digest digest, String key) {
    byte[] sha256 = HexFormat.of().parseHex(digest.hex());
    client.putObject(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .contentType(TYPE)
                .checksumSHA256(Base64.getEncoder().encodeToString(sha256))
                .overrideConfiguration(within(size)),
        body(parts, 0, size));
  }

  private void sendInParts(List<MemorySegment> parts, long size, String key) {
    String upload =
        client
            .createMultipartUpload(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .contentType(TYPE)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32))
            .uploadId();
    try {
      List<CompletedPart> sent = sendParts(parts, size, key, upload);
      client.completeMultipartUpload(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(whole -> whole.parts(sent)));
    } catch (RuntimeException e) {
      abort(key, upload, e);
      throw e;
    }
  }

  private List<CompletedPart> sendParts(
      List<MemorySegment> parts, long size, String key, String upload) {
    long length = Math.max(PART, Math.ceilDiv(size, (long) MOST_PARTS));
    List<CompletedPart> sent = new ArrayList<>();
    for (long from = 0; from < size; from += length) {
      int number = sent.size() + 1;
      RequestBody body = body(parts, from, Math.min(length, size - from));
      UploadPartResponse answer =
          client.uploadPart(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .uploadId(upload)
                      .partNumber(number)
                      .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                      .overrideConfiguration(within(length)),
              body);
      sent.add(
          CompletedPart.builder()
              .partNumber(number)
              .eTag(answer.eTag())
              .checksumCRC32(answer.checksumCRC32())
              .build());
    }
    return sent;
  }

  /** Takes back what was sent of an object that will not be whole. */
  private void abort(String key, String upload, RuntimeException cause) {
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      cause.addSuppressed(e);
    }
  }

  private static RequestBody body(List<MemorySegment> parts, long from, long length) {
    return RequestBody.fromContentProvider(
        () -> new SegmentStream(parts, from, length), length, TYPE);
  }

  // A server that stops reading is noticed by nothing else.
  private static AwsRequestOverrideConfiguration within(long bytes) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallAttemptTimeout(ANSWER.plusSeconds(bytes / SLOWEST))
        .build();
  }
}
