package dev.tidemark.toolkit.http;

import java.net.InetAddress;
import java.util.Optional;

/** The policy that refuses nothing. */
enum AnyAddress implements AddressPolicy {
  ALLOWED;

  @Override
  public Optional<String> refuse(InetAddress address) {
    return Optional.empty();
  }
}
