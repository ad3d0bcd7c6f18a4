package software.amazon.custom.dmscrossaccounts3endpoint.local.run.https;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for some host names, made for a day by the {@code keytool} of the JDK: the JDK has
 * no API that makes one.
 */
final class SelfSignedCertificate {
  private static final String ALIAS = "local-aws";

  /** Protects nothing: the key is for a day, for loopback, in a folder of the user's own. */
  private static final String PASSWORD = "loopback";

  private final Path store;
  private final Path certificate;

  private SelfSignedCertificate(Path store, Path certificate) {
    this.store = store;
    this.certificate = certificate;
  }

  /**
   * Makes a certificate.
   *
   * @param folder where it is kept
   * @param hosts the DNS names that it is for
   * @throws IOException when {@code keytool} can't be run or fails
   */
  static SelfSignedCertificate create(Path folder, List<String> hosts) throws IOException {
    var store = folder.resolve("key.p12");
    var certificate = folder.resolve("ca.pem");
    var names = hosts.stream().map(host -> "dns:" + host).collect(Collectors.joining(","));
    keytool(
        store,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "1",
        "-dname",
        "CN=local AWS",
        "-ext",
        "bc:critical=ca:true",
        "-ext",
        "ku:critical=keyCertSign,digitalSignature",
        "-ext",
        "san=" + names);
    keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
    return new SelfSignedCertificate(store, certificate);
  }

  /** The certificate in PEM, for clients to trust. */
  Path file() {
    return certificate;
  }

  /** What a server shows the certificate with. */
  SSLContext context() throws IOException {
    try (var in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void keytool(Path store, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-alias",
            ALIAS,
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    }
  }
}
