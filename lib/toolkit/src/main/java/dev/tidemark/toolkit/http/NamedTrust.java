package dev.tidemark.toolkit.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Demands that a certificate carries the name that was asked for. Connections go to checked
 * addresses, and the JDK alone would also accept a certificate for the bare address. Names match as
 * in RFC 9525: subject alternative names only, a wildcard stands for the whole left-most label.
 */
final class NamedTrust extends X509ExtendedTrustManager {
  private static final int DNS_NAME = 2;

  private final X509ExtendedTrustManager authorities;
  private final String name;

  NamedTrust(X509ExtendedTrustManager authorities, String name) {
    this.authorities = authorities;
    this.name = name.toLowerCase(Locale.ROOT);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    authorities.checkServerTrusted(chain, type, engine);
    checkName(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    authorities.checkServerTrusted(chain, type, socket);
    checkName(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authorities.checkServerTrusted(chain, type);
    checkName(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("clients are not expected here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("clients are not expected here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("clients are not expected here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }

  private void checkName(X509Certificate certificate) throws CertificateException {
    var names = certificate.getSubjectAlternativeNames();
    for (List<?> entry : names == null ? List.<List<?>>of() : names) {
      if (entry.get(0).equals(DNS_NAME) && matches(String.valueOf(entry.get(1)))) {
        return;
      }
    }
    throw new CertificateException("the certificate is not for " + name);
  }

  private boolean matches(String pattern) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("*.")) {
      return lower.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && lower.indexOf('.', 2) > 0 && lower.substring(1).equals(name.substring(dot));
  }
}
