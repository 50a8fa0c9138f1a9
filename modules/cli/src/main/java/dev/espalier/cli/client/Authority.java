package dev.espalier.cli.client;

import dev.espalier.cli.client.GatewayException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of a file, or in nobody. */
final class Authority {
  private Authority() {}

  /**
   * What a client of TLS needs that trusts the certificates in {@code pem}.
   *
   * @throws GatewayException when the file cannot be read, or holds none
   */
  static SSLContext of(Path pem) {
    try (InputStream bytes = Files.newInputStream(pem)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), one);
      }
      if (trusted.size() == 0) {
        throw wrong(pem, "none");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw wrong(pem, String.valueOf(e));
    }
  }

  /**
   * Trust in nobody: for addresses without TLS, since to read Java's own authorities takes time.
   */
  static SSLContext none() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  private static GatewayException wrong(Path pem, String came) {
    return new GatewayException(
        Kind.REFUSED, "expected certificates in PEM in " + pem + ", got " + came);
  }
}
