package software.amazon.custom.dmscrossaccounts3endpoint.local.run.https;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
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

  private final Path file;
  private final SSLContext context;

  private SelfSignedCertificate(Path file, SSLContext context) {
    this.file = file;
    this.context = context;
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
    var names = hosts.stream().map(host -> "dns:" + host).collect(Collectors.joining(","));
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            ALIAS,
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
            "san=" + names,
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD));
    try (var in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      var file = Files.writeString(folder.resolve("ca.pem"), pem(keys.getCertificate(ALIAS)));
      return new SelfSignedCertificate(file, context(keys));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** The certificate in PEM, for clients to trust. */
  Path file() {
    return file;
  }

  /** What a server shows the certificate with. */
  SSLContext context() {
    return context;
  }

  private static String pem(Certificate certificate) throws CertificateEncodingException {
    var lines =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
  }

  private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
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
