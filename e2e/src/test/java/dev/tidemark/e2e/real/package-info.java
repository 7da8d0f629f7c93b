/** Tests of Tidemark's programs on real Prometheus, Alertmanager and Go. */
@NullMarked
package dev.tidemark.e2e.real;

import org.jspecify.annotations.NullMarked;
