package software.amazon.custom.dmscrossaccounts3endpoint.local.run.https;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * An HTTPS proxy that leads AWS's host names to a local AWS. A client finds it by {@code
 * HTTPS_PROXY} and trusts it by {@code AWS_CA_BUNDLE}. It leads nowhere else.
 */
public final class AwsHosts implements AutoCloseable {
  private final HostCertificate certificate;
  private final TlsFront front;
  private final ConnectProxy proxy;

  private AwsHosts(HostCertificate certificate, TlsFront front, ConnectProxy proxy) {
    this.certificate = certificate;
    this.front = front;
    this.proxy = proxy;
  }

  /**
   * Starts a proxy.
   *
   * @param port its port on 127.0.0.1, or 0 for any that is free
   * @param hosts the host names that it leads there
   * @throws IOException when the port is taken or the certificate can't be made
   */
  public static AwsHosts start(int port, URI aws, List<String> hosts, Path folder)
      throws IOException {
    var certificate = HostCertificate.create(folder, hosts);
    var front = TlsFront.start(certificate.context(), aws);
    try {
      return new AwsHosts(
          certificate, front, ConnectProxy.start(port, hosts::contains, front.port()));
    } catch (IOException e) {
      front.close();
      throw e;
    }
  }

  /**
   * Where the proxy is.
   *
   * @return what clients take as {@code HTTPS_PROXY}
   */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + proxy.port());
  }

  /**
   * The certificate that the hosts show.
   *
   * @return what clients take as {@code AWS_CA_BUNDLE}
   */
  public Path certificate() {
    return certificate.file();
  }

  @Override
  public void close() {
    proxy.close();
    front.close();
  }
}
