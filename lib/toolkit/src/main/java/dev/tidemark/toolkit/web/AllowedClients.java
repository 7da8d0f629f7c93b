package dev.tidemark.toolkit.web;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts client certificates of known authorities, and of those only the ones with an allowed
 * subject alternative name (DNS name, email, URI or IP address) when there is such a list.
 */
final class AllowedClients extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authorities;
  private final Set<String> names;

  AllowedClients(X509ExtendedTrustManager authorities, Set<String> names) {
    this.authorities = authorities;
    this.names = Set.copyOf(names);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    authorities.checkClientTrusted(chain, type, engine);
    checkName(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    authorities.checkClientTrusted(chain, type, socket);
    checkName(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authorities.checkClientTrusted(chain, type);
    checkName(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("servers are not expected here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("servers are not expected here");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("servers are not expected here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }

  private void checkName(X509Certificate certificate) throws CertificateException {
    if (names.isEmpty()) {
      return;
    }
    var found = certificate.getSubjectAlternativeNames();
    for (List<?> entry : found == null ? List.<List<?>>of() : found) {
      if (entry.get(1) instanceof String name && names.contains(name)) {
        return;
      }
    }
    throw new CertificateException("the client's certificate has no allowed name");
  }
}
