package dev.espalier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that demands TLS, certificates or passwords, and allows only what ACLs say. Its open
 * listener is that of its owner, who may do all.
 */
final class SecuredBroker implements AutoCloseable {
  /** Of every key store. */
  static final String STORE_PASSWORD = "store-secret-1789";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private final Path directory;
  private final Map<String, Integer> ports = new HashMap<>();
  private final EmbeddedBroker broker;
  private final Admin owner;

  SecuredBroker(Path directory) {
    this.directory = directory;
    Stream.of("server", "client", "stranger")
        .map(this::keys)
        .toList()
        .forEach(keytool -> assertThat(keytool.onExit().join().exitValue()).isZero());
    Stream.of("server", "client", "stranger").forEach(this::exportCertificate);
    List<String> listeners = new ArrayList<>();
    drawPorts(List.of("TLS", "MTLS", "SCRAM"));
    ports.forEach((listener, port) -> listeners.add(listener + "://127.0.0.1:" + port));
    List<String> credentials =
        Stream.of(Duty.values())
            .map(Duty::toString)
            .map(name -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(name, passwordOf(name)))
            .toList();
    this.broker =
        EmbeddedBroker.start(
            directory.resolve("broker"),
            EmbeddedBroker.Listening.LOOPBACK,
            new EmbeddedBroker.Extras(listeners, settings(), credentials));
    this.owner = Admin.create(broker.connection().client("owner"));
  }

  static String passwordOf(String user) {
    return user + "-secret-1848";
  }

  private Process keys(String name) {
    try {
      String options =
          "-genkeypair -alias %1$s -dname CN=%1$s -ext SAN=IP:127.0.0.1 -keyalg EC".formatted(name)
              + " -groupname secp256r1 -storetype PKCS12 -storepass "
              + STORE_PASSWORD;
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of(options.split(" ", -1)));
      command.addAll(List.of("-keystore", store(name).toString()));
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path store(String name) {
    return directory.resolve(name + ".p12");
  }

  private Path certificate(String name) {
    return directory.resolve(name + ".pem");
  }

  private void exportCertificate(String name) {
    try (InputStream bytes = Files.newInputStream(store(name))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(bytes, STORE_PASSWORD.toCharArray());
      byte[] encoded = store.getCertificate(name).getEncoded();
      Files.writeString(
          certificate(name),
          "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
              .formatted(Base64.getMimeEncoder().encodeToString(encoded)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One for each of {@code listeners}: all are held until the last is drawn. */
  private void drawPorts(List<String> listeners) {
    if (listeners.isEmpty()) {
      return;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ports.put(listeners.getFirst(), socket.getLocalPort());
      drawPorts(listeners.subList(1, listeners.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(identity("server"));
    settings.putAll(trust("client"));
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TLS:SSL,MTLS:SSL,SCRAM:SASL_SSL");
    settings.put("listener.name.mtls.ssl.client.auth", "required");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.scram.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS;User:CN=client");
    return settings;
  }

  private Map<String, String> identity(String name) {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        store(name).toString(),
        "ssl.keystore.password",
        STORE_PASSWORD,
        "ssl.key.password",
        STORE_PASSWORD);
  }

  private Map<String, String> trust(String name) {
    return Map.of(
        "ssl.truststore.type", "PEM", "ssl.truststore.location", certificate(name).toString());
  }

  /** The owner's open connection. */
  Connection open() {
    return broker.connection();
  }

  /** A connection by TLS that trusts the certificate of {@code trusted}. */
  Connection tls(String trusted) {
    return to("TLS", "SSL", trust(trusted));
  }

  /** A connection by mutual TLS that shows the certificate of {@code name}. */
  Connection mutualTls(String name) {
    Map<String, String> properties = new HashMap<>(trust("server"));
    properties.putAll(identity(name));
    return to("MTLS", "SSL", properties);
  }

  /** A connection of the user {@code name}. */
  Connection scram(String name, String password) {
    Map<String, String> properties = new HashMap<>(trust("server"));
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(name, password));
    return to("SCRAM", "SASL_SSL", properties);
  }

  private Connection to(String listener, String protocol, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("security.protocol", protocol);
    return new Connection("127.0.0.1:" + ports.get(listener), all, Connection.PREFIX);
  }

  /** Gives the user {@code name} all of {@code grants}; returns when the broker knows. */
  void allow(String name, Collection<Grant> grants) {
    List<AclBinding> bindings = bindings(name, grants);
    Waiting.get(owner.createAcls(bindings).all(), "ACLs to be taken");
    Waiting.until(() -> known().containsAll(bindings), LIMIT, "ACLs to be known");
  }

  /** Takes {@code grants} from the user {@code name}; returns when the broker knows. */
  void deny(String name, Collection<Grant> grants) {
    List<AclBinding> bindings = bindings(name, grants);
    Waiting.get(
        owner.deleteAcls(bindings.stream().map(AclBinding::toFilter).toList()).all(),
        "ACLs to be deleted");
    Waiting.until(
        () -> known().stream().noneMatch(bindings::contains), LIMIT, "ACLs to be forgotten");
  }

  private Collection<AclBinding> known() {
    return Waiting.get(owner.describeAcls(AclBindingFilter.ANY).values(), "ACLs to be told");
  }

  private static List<AclBinding> bindings(String name, Collection<Grant> grants) {
    return grants.stream()
        .flatMap(grant -> grant.operations().stream().map(any -> binding(name, grant, any)))
        .toList();
  }

  private static AclBinding binding(String name, Grant grant, Grant.Operation operation) {
    return new AclBinding(
        new ResourcePattern(
            ResourceType.valueOf(grant.kind().name()),
            grant.name(),
            grant.prefix() ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + name, "*", AclOperation.valueOf(operation.name()), AclPermissionType.ALLOW));
  }

  @Override
  public void close() {
    owner.close();
    broker.close();
  }
}
