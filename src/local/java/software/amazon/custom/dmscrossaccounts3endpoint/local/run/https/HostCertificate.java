package software.amazon.custom.dmscrossaccounts3endpoint.local.run.https;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate for some host names, made for a day with an authority of its own. */
final class HostCertificate {
  private final Path file;
  private final SSLContext context;

  private HostCertificate(Path file, SSLContext context) {
    this.file = file;
    this.context = context;
  }

  /**
   * Makes a certificate.
   *
   * @param folder where it is kept
   * @param hosts the DNS names that it is for
   * @throws IOException when it can't be written
   */
  static HostCertificate create(Path folder, List<String> hosts) throws IOException {
    var authority =
        new HeldCertificate.Builder()
            .commonName("local AWS authority")
            .certificateAuthority(0)
            .duration(1, TimeUnit.DAYS)
            .build();
    var builder =
        new HeldCertificate.Builder()
            .commonName("local AWS")
            .signedBy(authority)
            .duration(1, TimeUnit.DAYS);
    hosts.forEach(builder::addSubjectAlternativeName);
    var file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    var context =
        new HandshakeCertificates.Builder().heldCertificate(builder.build()).build().sslContext();
    return new HostCertificate(file, context);
  }

  /** The authority's certificate in PEM, for clients to trust. */
  Path file() {
    return file;
  }

  /** What a server shows the certificate with. */
  SSLContext context() {
    return context;
  }
}
