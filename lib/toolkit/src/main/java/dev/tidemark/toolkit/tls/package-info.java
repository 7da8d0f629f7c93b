/**
 * Certificates and keys in PEM files, read the same way for the web server and for outgoing calls.
 * Depends on the JDK only.
 */
@NullMarked
package dev.tidemark.toolkit.tls;

import org.jspecify.annotations.NullMarked;
